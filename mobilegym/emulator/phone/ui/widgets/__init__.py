"""One file per widget. Widgets are views or functions that return views; they hold no state of their own."""
