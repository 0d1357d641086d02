"""Jekyll's template language, for what bodies of pages say in it (format reference, 6.1).

python-liquid reads and evaluates it: well kept, typed, without access to anything that it is not
given, and with limits. What Jekyll adds to the language stands in the modules beside this one.
"""

from isomer.liquid.marks import fill_in_marks
from isomer.liquid.render import Rendering, Template, UnreadableError, environment

__all__ = ["Rendering", "Template", "UnreadableError", "environment", "fill_in_marks"]
