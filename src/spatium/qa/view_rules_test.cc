#include "spatium/qa/view_rules.h"

#include <gtest/gtest.h>

#include "spatium/scene/test_room.h"

namespace spatium {
namespace {

// What the depth map says of a marker on the first thing's centre: depth exact, from `solids`.
// Other frames' surfaces put things `beside` it in camera axes, in metres.
Refusal Probe(const std::vector<Aabb<frame::World>>& things,
              const std::vector<Aabb<frame::World>>& solids,
              const Eigen::Vector3d& eye,
              const Eigen::Vector3d& beside = {0, 0, 0}) {
  std::vector<QaObject> objects(things.size());
  for (size_t i = 0; i < things.size(); ++i) {
    objects[i].box = things[i];
    objects[i].center = {(things[i].min + things[i].max) / 2};
  }
  Frame source;
  source.color = source.depth = {{128, 96}, 100, 100, 64, 48};
  QaFrame frame;
  frame.size = source.color.size;
  frame.cam_from_world = test::LookAt(eye, objects[0].center.v);
  frame.seen_from_world = frame.cam_from_world;
  frame.seen_from_world->t += beside;
  const auto world_from_cam = Inverse(frame.cam_from_world);
  MetricDepth depth(128, 96);
  for (int y = 0; y < 96; ++y)
    for (int x = 0; x < 128; ++x) {
      const Eigen::Vector3d ray =
          world_from_cam.R * source.depth.Unproject({x + 0.5, y + 0.5}, Meters(1)).v;
      double nearest = 9;
      for (const auto& solid : solids)
        nearest = std::min(nearest, test::HitBox(solid, world_from_cam.t, ray));
      *depth.at(x, y) = static_cast<float>(nearest);
    }
  SeenObject seen;
  seen.object = 0;
  const auto px = source.color.Project(frame.cam_from_world * objects[0].center);
  seen.center_px = *px;
  seen.marker = {static_cast<int>(px->u * 1000 / 128), static_cast<int>(px->v * 1000 / 96)};
  return ProbeMarker(source, frame, objects, seen, depth);
}

const Eigen::Vector3d kFromAbove{0.01, -1.2, 2.0};
const Aabb<frame::World> kDesk{{-0.8, -0.4, 0}, {0.8, 0.4, 0.75}};
const Aabb<frame::World> kLaptop{{-0.3, -0.35, 0.75}, {0.3, 0.3, 0.98}};  // the lid stands up

TEST(ProbeMarker, TheBaseOfALaptopIsNotTheDesk) {
  const Aabb<frame::World> base{kLaptop.min, {0.3, 0.3, 0.77}};
  EXPECT_EQ(Probe({kDesk, kLaptop}, {kDesk, base}, kFromAbove), Refusal::kMarkerOnOther);
}

TEST(ProbeMarker, TheDeskUnderTheLaptopsBoxIsTheDesk) {
  const Aabb<frame::World> lid{{0.29, 0.29, 0.75}, {0.3, 0.3, 0.98}};
  EXPECT_EQ(Probe({kDesk, kLaptop}, {kDesk, lid}, kFromAbove), Refusal::kNone);
}

// A desk with a rack on it, whose box is higher than its top.
TEST(ProbeMarker, ALidThatStandsAtTheFarSideOfItsBoxIsNotTheDesk) {
  const Aabb<frame::World> desk{{-0.8, -0.4, 0}, {0.8, 0.4, 1.2}}, top{desk.min, {0.8, 0.4, 0.55}};
  const Aabb<frame::World> laptop{{-0.3, -0.3, 0.55}, {0.3, 0.1, 0.85}};
  const Aabb<frame::World> lid{{-0.3, 0.03, 0.55}, {0.3, 0.05, 0.85}};
  EXPECT_EQ(Probe({desk, laptop}, {top, lid}, {0.01, -1.5, 1.0}), Refusal::kMarkerOnOther);
  // What is seen past an armchair of about the desk's size is the desk.
  const Aabb<frame::World> armchair{{-0.5, -1.0, 0}, {0.5, -0.35, 1.2}};
  EXPECT_EQ(Probe({desk, armchair}, {desk}, {0.01, -1.5, 1.4}), Refusal::kNone);
}

TEST(ProbeMarker, TheFloorBetweenTheLegsIsNotTheChair) {
  const Aabb<frame::World> chair{{-0.3, -0.3, 0}, {0.3, 0.3, 0.5}};
  const Aabb<frame::World> floor{{-3, -3, -0.1}, {3, 3, 0}}, seat{{-0.3, -0.3, 0.45}, chair.max};
  EXPECT_EQ(Probe({chair}, {floor}, {0.01, -0.3, 2.5}), Refusal::kMarkerOnOther);
  EXPECT_EQ(Probe({chair}, {floor, seat}, {0.01, -0.3, 2.5}), Refusal::kNone);
  const Aabb<frame::World> rug{{-0.3, -0.3, 0}, {0.3, 0.3, 0.01}};
  EXPECT_EQ(Probe({rug}, {floor}, {0.01, -0.3, 2.5}), Refusal::kNone);
}

// A box of 16 cm: 4 cm beside is on it still, 13 cm beside is not; both are within the tolerance of
// the depth map under the frame's own pose.
TEST(ProbeMarker, UnderADriftedPoseTheMarkerMustBeOnTheThingAsItIsShown) {
  const Aabb<frame::World> thing{{-0.08, -0.08, 0}, {0.08, 0.08, 0.5}};
  const Eigen::Vector3d eye{0.01, -1.5, 0.3};
  EXPECT_EQ(Probe({thing}, {thing}, eye, {0.04, 0, 0}), Refusal::kNone);
  EXPECT_EQ(Probe({thing}, {thing}, eye, {0.13, 0, 0}), Refusal::kPoseOff);
}

TEST(JudgeView, ABoxThatStandsBesideTheThingIsNoAnswerAndFartherOffNoMarker) {
  QaFrame frame;
  frame.size = {1000, 1000};
  QaObject object;
  ObjectView view;
  view.visible_px = 20000;
  view.visible_fraction = 1;
  view.center_in_view = true;
  const auto judge = [&](double aside, double deeper_m) {
    SeenObject seen;
    seen.depth_m = 2;
    seen.marker = {500, 500};
    seen.box_exact = {400, 400, 600, 600};
    JudgeView({.frame = &frame,
               .object = &object,
               .view = &view,
               .projects = true,
               .by_surfaces = {{.depth_m = 2 + deeper_m,
                                .box_exact = {400 + aside, 400, 600 + aside, 600}}}},
              seen);
    return seen;
  };
  EXPECT_EQ(judge(10, 0.04).as_match, Refusal::kNone);
  EXPECT_EQ(judge(30, 0).as_match, Refusal::kPoseOff);  // IoU 0.74
  EXPECT_EQ(judge(30, 0).as_box, Refusal::kNone);
  EXPECT_EQ(judge(60, 0).as_box, Refusal::kPoseOff);  // IoU 0.54
  EXPECT_EQ(judge(0, 0.11).as_point, Refusal::kPoseOff);
  EXPECT_EQ(judge(0, 0.09).as_point, Refusal::kNone);
}

TEST(ProbeMarker, TheTopOfATableOverAChairIsNotTheChair) {
  const Aabb<frame::World> chair{{-0.25, -0.25, 0}, {0.25, 0.25, 0.9}};
  const Aabb<frame::World> table{{-0.8, -0.4, 0}, {0.8, 0.4, 0.75}};
  const Aabb<frame::World> top{{-0.8, -0.4, 0.72}, table.max};
  EXPECT_EQ(Probe({chair, table}, {top}, kFromAbove), Refusal::kMarkerOnOther);
  // The side of a box that sank into an ottoman, at the height of its top, is the box's own.
  const Aabb<frame::World> box{{-0.1, -0.1, 0.6}, {0.1, 0.1, 0.9}};
  EXPECT_EQ(Probe({box, table}, {box}, {0.01, -1.2, 0.75}), Refusal::kNone);
}

// A nightstand behind a bed: its projected box is mostly bed.
TEST(JudgeView, ABoxMarkIsRefusedWhereWhatIsSeenFillsLittleOfIt) {
  QaFrame frame;
  frame.size = {1000, 1000};
  QaObject object;
  ObjectView view;
  view.visible_px = 20000;
  view.visible_fraction = 0.5;
  view.box_visible = PixelBox{400, 300, 500, 500};
  SeenObject seen;
  seen.depth_m = 2;
  seen.box_exact = {400, 300, 500, 600};
  const ViewEvidence evidence{.frame = &frame, .object = &object, .view = &view, .projects = true};
  JudgeView(evidence, seen);
  EXPECT_EQ(seen.as_box, Refusal::kNone);
  seen.box_exact = {400, 300, 800, 600};
  JudgeView(evidence, seen);
  EXPECT_EQ(seen.as_box, Refusal::kLooseBox);
}

// The depth map and the boxes say "its own", the mesh knows better.
TEST(JudgeView, AMarkerThatTheMeshShowsOnAnotherThingIsRefused) {
  QaFrame frame;
  frame.size = {640, 480};
  QaObject object;
  ObjectView view;
  view.visible_px = 20000;
  view.visible_fraction = 1;
  view.center_in_view = true;
  SeenObject seen;
  seen.depth_m = 2;
  seen.marker = {500, 500};
  const ViewEvidence evidence{.frame = &frame, .object = &object, .view = &view};
  JudgeView(evidence, seen);
  EXPECT_EQ(seen.as_point, Refusal::kNone);
  view.center_on_object = false;
  JudgeView(evidence, seen);
  EXPECT_EQ(seen.as_point, Refusal::kMarkerOnOther);
}

// By the mesh half of it is seen, by the depth map a tenth.
TEST(JudgeView, AUseNeedsEveryMeasurementToAllowIt) {
  QaFrame frame;
  frame.size = {640, 480};
  QaObject object;
  ObjectView by_mesh;
  by_mesh.visible_px = 20000;
  by_mesh.visible_fraction = 0.5;
  by_mesh.center_in_view = true;
  ObjectView by_depth = by_mesh;
  by_depth.visible_fraction = 0.1;
  for (const bool mesh_first : {true, false}) {
    SeenObject seen;
    seen.depth_m = 2;
    seen.marker = {500, 500};
    JudgeView({.frame = &frame, .object = &object, .view = mesh_first ? &by_mesh : &by_depth},
              seen);
    JudgeView({.frame = &frame, .object = &object, .view = mesh_first ? &by_depth : &by_mesh},
              seen);
    EXPECT_EQ(seen.as_point, Refusal::kMostlyHidden);
    EXPECT_EQ(seen.visible_fraction, 0.1);
  }
}

}  // namespace
}  // namespace spatium
