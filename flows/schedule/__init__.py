"""The flows under Prefect: nothing is decided here but when."""
