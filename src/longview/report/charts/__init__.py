"""Pictures as SVG text: they carry classes, not colours, and the page's style sheet draws them in light, dark and
print."""
