"""The models FUZZ: producer, and riffusion, which is deprecated."""
