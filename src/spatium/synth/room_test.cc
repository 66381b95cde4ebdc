// Rooms are physically plausible: nothing floats, nothing reaches into anything.
#include "spatium/synth/room.h"

#include <gtest/gtest.h>

#include <Eigen/LU>
#include <cstdlib>
#include <map>
#include <set>

#include "spatium/base/text.h"
#include "spatium/synth/camera_path.h"
#include "spatium/synth/surface_mesh.h"

namespace spatium::synth {
namespace {

constexpr double kIntersect_m = 0.001;
constexpr double kFloat_m = 0.001;

int NumSeeds() {
  const char* level = std::getenv("SPATIUM_TEST_INTENSITY");
  return level && std::atoi(level) >= 2 ? 60 : 6;
}

// What is wrong with a room, in words.
std::vector<std::string> Problems(const Room& room) {
  std::vector<std::string> problems;
  const auto& objects = room.objects;
  for (size_t i = 0; i < objects.size(); ++i)
    for (size_t j = i + 1; j < objects.size(); ++j)
      if (const double depth = Penetration(objects[i].solids, objects[j].solids);
          depth > kIntersect_m)
        problems.push_back(StrCat(
            objects[i].model.label, " and ", objects[j].model.label, " intersect by ", depth));
  for (size_t i = 0; i < objects.size(); ++i) {
    const Placed& o = objects[i];
    if (o.parent < 0) continue;  // floor, walls, ceiling, and what lies behind them
    const Placed& parent = objects[static_cast<size_t>(o.parent)];
    const bool hangs =
        parent.model.label == "wall" || parent.model.label == "ceiling" || o.model.label == "door";
    bool held = false;
    for (const Solid& s : o.solids)
      for (const Solid& p : parent.solids) {
        const bool over = (s.min.head<2>().array() < p.max.head<2>().array() + kFloat_m).all() &&
                          (s.max.head<2>().array() > p.min.head<2>().array() - kFloat_m).all();
        if (!over) continue;
        if (hangs)
          held |= Penetration(s, p) > -kFloat_m || o.model.label == "door";
        else
          held |= std::abs(p.max.z() - s.min.z()) < kFloat_m && s.min.z() < o.min.z() + kFloat_m;
      }
    // A basin hangs by its rim; its bottom is lower than what it stands on.
    if (!held && o.model.label == "sink") held = Penetration(o.solids, parent.solids) > -kFloat_m;
    if (!held)
      problems.push_back(
          StrCat(o.model.label, " floats: nothing of ", parent.model.label, " holds it"));
  }
  return problems;
}

TEST(Room, NothingFloatsOrIntersectsInManyRooms) {
  std::set<std::string> labels;
  std::map<std::string, int> most_in_a_room;
  for (int seed = 0; seed < NumSeeds(); ++seed)
    for (int index = 0; index < 8; ++index) {
      const Room room = MakeRoom(static_cast<uint64_t>(seed), index);
      for (const std::string& problem : Problems(room))
        ADD_FAILURE() << "seed " << seed << " room " << index << " (" << Name(room.kind)
                      << "): " << problem;
      std::map<std::string, int> count;
      for (const Placed& o : room.objects)
        if (o.annotated) ++count[o.model.label];
      EXPECT_GE(count.size(), 11u) << "seed " << seed << " room " << index;
      for (const auto& [label, n] : count) {
        labels.insert(label);
        most_in_a_room[label] = std::max(most_in_a_room[label], n);
      }
    }
  EXPECT_GE(labels.size(), 70u);
  int repeated = 0;
  for (const auto& [label, n] : most_in_a_room) repeated += n > 1;
  EXPECT_GE(repeated, 30) << "several instances of a category in one room";
}

TEST(Room, TheCheckFindsWhatWasMoved) {
  Room room = MakeRoom(1, 1);
  ASSERT_TRUE(Problems(room).empty());
  int found = 0, tried = 0;
  for (size_t i = 0; i < room.objects.size(); ++i) {
    if (room.objects[i].parent != room.floor) continue;
    const Placed before = room.objects[i];
    for (const double dz : {0.01, -0.01}) {
      Placed& o = room.objects[i];
      for (Solid& s : o.solids) s = Transformed(s, Pose{Eigen::Matrix3d::Identity(), {0, 0, dz}});
      o.min.z() += dz, o.max.z() += dz;
      ++tried;
      found += !Problems(room).empty();
      room.objects[i] = before;
    }
  }
  EXPECT_GT(tried, 10);
  EXPECT_EQ(found, tried);
}

TEST(Room, FurnitureThatStandsAgainstAWallTurnsItsBackToIt) {
  const std::set<std::string> kBacked{"couch",
                                      "bed",
                                      "bookshelf",
                                      "wardrobe",
                                      "dresser",
                                      "refrigerator",
                                      "toilet",
                                      "desk",
                                      "tv stand",
                                      "kitchen counter"};
  int checked = 0;
  for (int index = 0; index < 16; ++index) {
    const Room room = MakeRoom(3, index);
    for (const Placed& o : room.objects) {
      if (!kBacked.count(o.model.label)) continue;
      ASSERT_GE(o.wall, 0) << o.model.label;
      const Wall& wall = room.walls[static_cast<size_t>(o.wall)];
      const V3 front = o.room_from_model.R * V3::UnitY();
      EXPECT_NEAR(front.head<2>().dot(wall.inward()), 1, 1e-9) << o.model.label;
      const V3 back = o.room_from_model * V3(0, o.model.min.y(), 0);
      EXPECT_LT((back.head<2>() - wall.a).dot(wall.inward()), 0.1) << o.model.label;
      ++checked;
    }
  }
  EXPECT_GT(checked, 30);
}

TEST(Room, SomeRoomsHaveInnerCornersAndAllHaveADoor) {
  int corners = 0;
  for (int index = 0; index < 24; ++index) {
    const Room room = MakeRoom(9, index);
    corners += room.outline.size() > 4;
    int doors = 0, next = 0;
    for (const Placed& o : room.objects) {
      doors += o.model.label == "doorframe";
      next += !o.annotated;
    }
    EXPECT_GE(doors, 1) << index;
    EXPECT_EQ(doors, next) << "each door leads somewhere";
  }
  EXPECT_GE(corners, 3);
}

TEST(Room, SameSeedSameRoomOtherSeedOtherRoom) {
  const Room a = MakeRoom(4, 2), b = MakeRoom(4, 2), c = MakeRoom(5, 2);
  const SurfaceMesh ma = MakeSurface(a), mb = MakeSurface(b), mc = MakeSurface(c);
  EXPECT_EQ(ma.mesh.vertices, mb.mesh.vertices);
  EXPECT_NE(ma.mesh.vertices, mc.mesh.vertices);
  EXPECT_LE(ma.mesh.faces.size(), 150000u);
}

TEST(CameraPath, NeverInsideAnythingSmoothAndSeesTheRoom) {
  for (int index = 0; index < 8; ++index) {
    const Room room = MakeRoom(2, index);
    const auto poses = FilmPath(room, 240, RandomStream(2, {"test", StrCat(index)}));
    ASSERT_EQ(poses.size(), 240u);
    std::set<size_t> seen;
    for (size_t i = 0; i < poses.size(); ++i) {
      EXPECT_NEAR(poses[i].R.determinant(), 1, 1e-12);
      const V3 eye = Inverse(poses[i]).t;
      EXPECT_GE(eye.z(), 1.4);
      EXPECT_LE(eye.z(), 1.7);
      EXPECT_TRUE(room.Encloses(eye.head<2>(), eye.head<2>() + V2::Constant(1e-5)));
      for (size_t k = 0; k < room.objects.size(); ++k) {
        const Placed& o = room.objects[k];
        for (const Solid& s : o.solids)
          ASSERT_FALSE(Contains(s, eye, 0.05)) << Name(room.kind) << ": inside a " << o.model.label;
        const V3 p = poses[i].R * ((o.min + o.max) / 2) + poses[i].t;
        if (p.z() > 0.4 && std::abs(p.x()) < 0.5 * p.z() && std::abs(p.y()) < 0.4 * p.z())
          seen.insert(k);
      }
      if (i == 0) continue;
      EXPECT_LT((eye - Inverse(poses[i - 1]).t).norm(), 0.25);
      EXPECT_GT(poses[i].R.row(2).dot(poses[i - 1].R.row(2)), 0.95) << "a jump of view at " << i;
    }
    EXPECT_GE(seen.size() * 10, room.objects.size() * 6)
        << Name(room.kind) << ": most things come into view";
  }
}

}  // namespace
}  // namespace spatium::synth
