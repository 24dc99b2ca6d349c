"""The house band: pure and seeded; knows nothing of HTTP, SQL or Streamlit."""
