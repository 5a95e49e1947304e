-- How often was the 201st base named each week, in which language?
from timeline('base-201', step := 'week')
