"""How sound lies in files: decoders, encoders, and what stands beside the sound."""
