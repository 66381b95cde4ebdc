#pragma once
#include <Eigen/Core>
#include <cmath>
#include <compare>
#include <numbers>

namespace spatium {

// Frame tags: empty types, never instantiated. Two views of one scene are two
// frames: a function that relates them takes Cam<0> and Cam<1>, so that a
// swapped pair does not compile; plain code over one view uses Cam<>.
namespace frame {
struct World;   // z up, metres, floor near z = 0 when the data set is aligned
struct Object;  // an object's box: its centre and axes
struct Agent;   // an observer: x forward, y left, z up
template <int View = 0>
struct Cam;  // x right, y down, z forward
}  // namespace frame

// A length in metres. Explicit on the way in; `.m()` on the way out.
class Meters {
 public:
  constexpr explicit Meters(double m) : m_(m) {}
  constexpr double m() const { return m_; }
  friend constexpr Meters operator+(Meters a, Meters b) { return Meters(a.m_ + b.m_); }
  friend constexpr auto operator<=>(Meters, Meters) = default;

 private:
  double m_;
};

class Radians {
 public:
  constexpr explicit Radians(double r) : r_(r) {}
  static constexpr Radians FromDegrees(double d) { return Radians(d * std::numbers::pi / 180.0); }
  constexpr double rad() const { return r_; }

 private:
  double r_;
};

// A displacement in frame F: translation does not apply to it.
template <class F>
struct Dir {
  Eigen::Vector3d v;
};

// A position in frame F, in metres.
template <class F>
struct Point {
  Eigen::Vector3d v;
  friend Dir<F> operator-(const Point& a, const Point& b) { return {a.v - b.v}; }
  friend Point operator+(const Point& a, const Dir<F>& d) { return {a.v + d.v}; }
};

// x_in_to = R * x_in_from + t.
template <class To, class From>
struct Rigid {
  Eigen::Matrix3d R = Eigen::Matrix3d::Identity();
  Eigen::Vector3d t = Eigen::Vector3d::Zero();

  friend Point<To> operator*(const Rigid& T, const Point<From>& p) { return {T.R * p.v + T.t}; }
  friend Dir<To> operator*(const Rigid& T, const Dir<From>& d) { return {T.R * d.v}; }
};

template <class C, class B, class A>
Rigid<C, A> operator*(const Rigid<C, B>& c_from_b, const Rigid<B, A>& b_from_a) {
  return {c_from_b.R * b_from_a.R, c_from_b.R * b_from_a.t + c_from_b.t};
}

template <class To, class From>
Rigid<From, To> Inverse(const Rigid<To, From>& to_from_from) {
  return {to_from_from.R.transpose(), -(to_from_from.R.transpose() * to_from_from.t)};
}

}  // namespace spatium
