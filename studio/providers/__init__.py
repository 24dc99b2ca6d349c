"""Who can make songs: clients only, one file per vendor."""
