"""Uploads: files of callers, laid down here for three days; at the vendor, on a host of its own."""
