"""What must hold: each query returns no rows, and its first line says what it means when it does."""
