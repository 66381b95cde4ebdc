#pragma once
#include <cmath>

// The verifier's own vector mathematics: plain doubles, nothing shared with the code it checks.
namespace spatium::verify {

struct Vec {
  double x = 0, y = 0, z = 0;

  friend Vec operator+(Vec a, Vec b) { return {a.x + b.x, a.y + b.y, a.z + b.z}; }
  friend Vec operator-(Vec a, Vec b) { return {a.x - b.x, a.y - b.y, a.z - b.z}; }
  friend Vec operator*(double s, Vec a) { return {s * a.x, s * a.y, s * a.z}; }
};

inline double Dot(Vec a, Vec b) { return a.x * b.x + a.y * b.y + a.z * b.z; }
inline Vec Cross(Vec a, Vec b) {
  return {a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x};
}
inline double Length(Vec a) { return std::sqrt(Dot(a, a)); }
inline double Distance(Vec a, Vec b) { return Length(a - b); }

// A point of a picture on the 0..1000 scale per axis, and a box of such points.
struct Mark {
  double x = 0, y = 0;
};
struct MarkBox {
  double x0 = 0, y0 = 0, x1 = 0, y1 = 0;
};
double Area(const MarkBox& box);
// Intersection over union; 0 if either is empty.
double Overlap(const MarkBox& a, const MarkBox& b);
// The part of `inner` that lies in `outer`, as a fraction of `inner`.
double Inside(const MarkBox& inner, const MarkBox& outer);

}  // namespace spatium::verify
