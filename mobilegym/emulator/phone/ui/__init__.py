"""The UI toolkit: views are data, layout gives boxes, boxes give accessibility nodes and a display list."""
