"""What pages share. With `app` and the pages the only rooms that know Streamlit."""
