"""A question read with the figures that it may mean: the second look, after the ranker's.

The ranker counts what can be seen from outside; the reader knows words: 吃编制饭的 are
在编教职工. It is a small network of the transformer kind that ships with the program and
needs neither a GPU nor the internet. Question and figure are encoded apart, each as a
vector a token, and compared token by token (late interaction, Khattab and Zaharia 2020),
so that a figure's vectors are made once, whoever asks.

``put`` says question and figure in one line each, ``vocabulary`` makes them tokens,
``network`` their vectors, ``interaction`` compares them, ``second_look`` weighs the
reader's opinion with the ranker's. The network's other half reads a question with those
before it; ``sentence`` is what it says of it: the kind, and the words that name each thing.
Fitted by ``python -m eval.reader``.
"""
