-- Who writes about the 201st base, how much, and who never does?
from coverage('base-201')
