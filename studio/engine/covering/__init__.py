"""The band plays and sings what is there already in another way, or beside it."""
