"""How fast Jixiao is and what it needs, beside a stock LlamaIndex pipeline."""
