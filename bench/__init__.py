"""Speed and quality benchmarks with floors; not shipped."""
