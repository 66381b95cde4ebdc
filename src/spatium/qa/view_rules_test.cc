#include "spatium/qa/view_rules.h"

#include <gtest/gtest.h>

#include "spatium/scene/test_room.h"

namespace spatium {
namespace {

// A desk with a laptop on it, seen from above: depth exact, from the boxes drawn.
class MarkerOnDesk : public testing::Test {
 protected:
  static QaObject Thing(const char* name, const Aabb<frame::World>& box) {
    QaObject object;
    object.name = name;
    object.box = box;
    object.center = {(box.min + box.max) / 2};
    return object;
  }

  // What is under a marker on the desk's centre, if `solid` is what stands there.
  Refusal Probe(const Aabb<frame::World>& solid) {
    Frame source;
    source.color = source.depth = {{128, 96}, 100, 100, 64, 48};
    QaFrame frame;
    frame.size = source.color.size;
    frame.cam_from_world = test::LookAt({0.01, -1.2, 2.0}, {0, 0, 0.5});
    const auto world_from_cam = Inverse(frame.cam_from_world);
    MetricDepth depth(128, 96);
    for (int y = 0; y < 96; ++y)
      for (int x = 0; x < 128; ++x) {
        const Eigen::Vector3d ray =
            world_from_cam.R * source.depth.Unproject({x + 0.5, y + 0.5}, Meters(1)).v;
        *depth.at(x, y) =
            static_cast<float>(std::min(test::HitBox(desk_, world_from_cam.t, ray),
                                        std::min(test::HitBox(solid, world_from_cam.t, ray), 9.0)));
      }
    const std::vector<QaObject> objects = {Thing("desk", desk_), Thing("laptop", laptop_)};
    SeenObject seen;
    seen.object = 0;
    const auto px = source.color.Project(frame.cam_from_world * objects[0].center);
    seen.marker = {static_cast<int>(px->u * 1000 / 128), static_cast<int>(px->v * 1000 / 96)};
    return ProbeMarker(source, frame, objects, seen, depth);
  }

  Aabb<frame::World> desk_{{-0.8, -0.4, 0}, {0.8, 0.4, 0.75}};
  Aabb<frame::World> laptop_{{-0.3, -0.35, 0.75}, {0.3, 0.3, 0.98}};  // the lid stands up
};

TEST_F(MarkerOnDesk, TheBaseOfALaptopIsNotTheDesk) {
  const Aabb<frame::World> base{laptop_.min, {0.3, 0.3, 0.77}};
  EXPECT_EQ(Probe(base), Refusal::kMarkerOnOther);
}

TEST_F(MarkerOnDesk, TheDeskUnderTheLaptopsBoxIsTheDesk) {
  EXPECT_EQ(Probe({{0.29, 0.29, 0.75}, {0.3, 0.3, 0.98}}), Refusal::kNone);
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
  seen.visible_fraction = 0.5;
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
  seen.visible_fraction = 1;
  seen.marker = {500, 500};
  const ViewEvidence evidence{.frame = &frame, .object = &object, .view = &view};
  JudgeView(evidence, seen);
  EXPECT_EQ(seen.as_point, Refusal::kNone);
  view.center_on_object = false;
  JudgeView(evidence, seen);
  EXPECT_EQ(seen.as_point, Refusal::kMarkerOnOther);
}

}  // namespace
}  // namespace spatium
