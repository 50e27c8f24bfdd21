"""How surely a figure is the one that is asked for: learned from labelled questions.

``features`` says what can be seen of an operand and a figure side by side, as numbers;
``model`` weighs them. The weights are fitted by ``python -m eval.ranker`` and kept in
``weights.json``; nothing here is tuned by hand.

The model is a conditional logit (McFadden 1974) with one more choice than there are
figures: that none of them is meant. So whether to answer at all is learned together with
what to answer.
"""
