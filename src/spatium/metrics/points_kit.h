#pragma once
#include <optional>
#include <utility>
#include <vector>

#include "spatium/metrics/mask.h"
#include "spatium/metrics/python.h"

namespace spatium {

// EASI's reader of points (EvolvingLMMs-Lab/VLMEvalKit, Point2DParser): JSON or a Python literal of
// objects with "point_2d" or "point", whose numbers are shares of the picture (up to 1.5), parts of
// 1000, or pixels; else "(x, y)" and "(x0, y0, x1, y1)" anywhere, shares or pixels. A box stands
// for all its pixels.
struct KitRegion {
  double x = 0, y = 0;           // shares of the picture: a point, or a box's first pixel
  double width = 1, height = 1;  // pixels
};
// none: the parser raises (a number that numpy cannot take, or a box of more than 1e15 pixels).
std::optional<std::vector<KitRegion>> KitRegions(py::View reply, int width, int height);

// RefSpatial-Bench: the share of the regions' pixels, moved into the picture, where the mask is
// above 0; 0 without a region.
double KitShareInMask(const std::vector<KitRegion>& regions, const Mask& mask);

// RoboSpatial: whether a point is in the polygon, by EASI's ray to the right, which crosses a
// vertical edge wherever it stands: no point is in an upright rectangle.
bool KitInPolygon(double x, double y, const std::vector<std::pair<double, double>>& corners);

}  // namespace spatium
