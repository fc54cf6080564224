"""Where are areas and points? Shapes in degrees, read from GeoJSON, asked for a point, and drawn as paths.

Pure: no database, no web, no clock. Shapely may be used here, and nowhere else.
"""

from participatie.geography.drawing import Frame, paths_of
from participatie.geography.geojson import FeatureError, ShapeFeature, read_shapes
from participatie.geography.shapes import Bounds, bounds_of, covers, point_inside, simplified

__all__ = [
    "Bounds",
    "FeatureError",
    "Frame",
    "ShapeFeature",
    "bounds_of",
    "covers",
    "paths_of",
    "point_inside",
    "read_shapes",
    "simplified",
]
