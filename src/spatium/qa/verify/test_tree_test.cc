#include "spatium/qa/verify/test_tree.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <numbers>

#include "spatium/base/text.h"
#include "spatium/image/codec.h"
#include "spatium/qa/verify/view.h"
#include "spatium/scene/store.h"

namespace spatium::verify {
namespace {

struct Thing {
  int id;
  const char* label;
  Vec center;
};
constexpr Thing kThings[] = {{3, "chair", {-0.8, 3.0, 0.6}},
                             {5, "table", {0.5, 2.2, 0.9}},
                             {7, "lamp", {0.9, 3.5, 1.5}},
                             {9, "chair", {0.0, 4.0, 1.0}}};
constexpr double kHalf = 0.2;

Rigid<frame::Cam<>, frame::World> Pose(Vec center, double left_deg, double down_deg) {
  const double yaw = left_deg * std::numbers::pi / 180, dip = down_deg * std::numbers::pi / 180;
  // Level: right = (cos, sin, 0), ahead = (-sin, cos, 0); then the axis dips.
  const Eigen::Vector3d right(std::cos(yaw), std::sin(yaw), 0);
  const Eigen::Vector3d level(-std::sin(yaw), std::cos(yaw), 0), up(0, 0, 1);
  const Eigen::Vector3d ahead = std::cos(dip) * level - std::sin(dip) * up;
  const Eigen::Vector3d down = -(std::sin(dip) * level + std::cos(dip) * up);
  Rigid<frame::Cam<>, frame::World> pose;
  pose.R.row(0) = right;
  pose.R.row(1) = down;
  pose.R.row(2) = ahead;
  pose.t = -pose.R * Eigen::Vector3d(center.x, center.y, center.z);
  return pose;
}

Scene MakeScene() {
  Scene scene;
  scene.id = "room";
  scene.dataset = "synth";
  scene.aligned = true;
  scene.depth_unit_from = "format";
  for (const Thing& thing : kThings) {
    Object object;
    object.id = ObjectId{thing.id};
    object.label = object.category = thing.label;
    object.box = Aabb<frame::World>::FromCenterSize(
        {thing.center.x, thing.center.y, thing.center.z}, Eigen::Vector3d::Constant(2 * kHalf));
    scene.objects.push_back(object);
  }
  const Pinhole camera{.size = {160, 120}, .fx = 120, .fy = 120, .cx = 80, .cy = 60};
  for (const auto& [name, pose] :
       {std::pair{"a", Pose({0, 0, 1}, 0, 0)}, std::pair{"b", Pose({1, 0.5, 1.2}, 30, 10)}}) {
    Frame frame;
    frame.name = name;
    frame.color = frame.depth = camera;
    frame.cam_from_world = pose;
    scene.frames.push_back(frame);
  }
  return scene;
}

// Every object is its box; a wall stands behind them.
Mesh MakeMesh(const Scene& scene) {
  Mesh mesh;
  const auto add_box = [&](const Eigen::Vector3d& low, const Eigen::Vector3d& high, int id) {
    const auto first = static_cast<uint32_t>(mesh.vertices.size());
    for (unsigned i = 0; i < 8; ++i) {
      mesh.vertices.push_back({static_cast<float>(i & 1 ? high.x() : low.x()),
                               static_cast<float>(i & 2 ? high.y() : low.y()),
                               static_cast<float>(i & 4 ? high.z() : low.z())});
      mesh.colors.push_back({128, 128, 128});
      mesh.vertex_object.push_back(id);
    }
    for (const auto& [a, b, c, d] : {std::array<uint32_t, 4>{0, 1, 3, 2},
                                     {4, 5, 7, 6},
                                     {0, 1, 5, 4},
                                     {2, 3, 7, 6},
                                     {0, 2, 6, 4},
                                     {1, 3, 7, 5}}) {
      mesh.faces.push_back({first + a, first + b, first + c});
      mesh.faces.push_back({first + a, first + c, first + d});
    }
  };
  for (const Object& object : scene.objects)
    add_box(object.box.min, object.box.max, object.id.value);
  add_box({-6, 6, 0}, {6, 6.1, 3}, -1);
  return mesh;
}

// Depth by meeting every pixel's ray with the boxes and the wall.
DepthImage MakeDepth(const Scene& scene, const View& view) {
  DepthImage depth(160, 120);
  for (int y = 0; y < 120; ++y)
    for (int x = 0; x < 160; ++x) {
      const Vec ray = RayThrough(view, {(x + 0.5) / 0.16, (y + 0.5) / 0.12});
      double nearest = (6 - view.center.y) / ray.y;
      for (const Object& object : scene.objects) {
        double enter = 0, leave = 1e9;
        const double from[3] = {view.center.x, view.center.y, view.center.z};
        const double along[3] = {ray.x, ray.y, ray.z};
        for (int k = 0; k < 3; ++k) {
          const double a = (object.box.min(k) - from[k]) / along[k];
          const double b = (object.box.max(k) - from[k]) / along[k];
          enter = std::max(enter, std::min(a, b));
          leave = std::min(leave, std::max(a, b));
        }
        if (enter <= leave) nearest = std::min(nearest, enter);
      }
      *depth.at(x, y) =
          static_cast<uint16_t>(std::lround(std::clamp(nearest * 1000, 0.0, 65535.0)));
    }
  return depth;
}

std::string Picture(std::string_view frame) {
  return EncodePng(RgbImage(160, 120, frame == "a" ? 50 : 200));
}

// Without flushing to the disk: a test's tree need not survive a power cut.
void WriteText(const Path& path, std::string_view text) {
  std::filesystem::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << text;
}

// [[a, b, ...]]: a marker's numbers.
Json Row(const std::vector<int64_t>& numbers) { return Json::MakeArray().Push(Json(numbers)); }

struct Part {
  const char* role;
  int id;
};
// What a record is about; everything else follows from the scene.
struct Draft {
  std::string task, format, question, answer, value;
  std::vector<Part> parts;
  std::vector<std::string> frames{"a"};
  const char* marker = "point";
  std::string options = "null";
  int correct = -1;
};

Json MakeRecord(const Scene& scene, const Draft& draft, int number, std::string_view level) {
  const auto round_to = [](double x, double step) { return std::round(x / step) * step; };
  Json record;
  record.Set("id", StrCat("room_", number));
  record.Set("conversations",
             Json::Array{Json::MakeObject({{"from", "human"}, {"value", draft.question}}),
                         Json::MakeObject({{"from", "gpt"}, {"value", draft.answer}})});
  Json images = Json::MakeArray();
  for (const std::string& frame : draft.frames) images.Push("room/image_color/" + frame + ".png");
  record.Set("image", images);
  record.Set("type", draft.task);
  Json objects = Json::MakeArray();
  for (const Part& part : draft.parts) {
    const Object& object = *scene.FindObject(ObjectId{part.id});
    const View view = ColorView(scene.frames[0]);
    const Mark pixel = *PixelOf(view, CenterOf(object));
    if (std::string_view(draft.marker) == "point") {
      record.Set(StrCat(part.role, "_point"),
                 Row({std::lround(pixel.x / 0.16), std::lround(pixel.y / 0.12)}));
    } else {
      const MarkBox box = *ProjectedBox(view, object.box);
      record.Set(StrCat(part.role, "_bbox"),
                 Row({std::lround(box.x0),
                      std::lround(box.y0),
                      std::lround(box.x1),
                      std::lround(box.y1)}));
    }
    Json named = Json::MakeObject({{"role", part.role}, {"id", part.id}, {"label", object.label}});
    if (level == "full") {
      const Vec center = CenterOf(object);
      named.Set("center_world", Json::Array{center.x, center.y, center.z});
      named.Set("aabb_world",
                Json::Array{object.box.min.x(),
                            object.box.min.y(),
                            object.box.min.z(),
                            object.box.max.x(),
                            object.box.max.y(),
                            object.box.max.z()});
      named.Set("frame", 0);
      named.Set("pixel", Json::Array{round_to(pixel.x, 0.01), round_to(pixel.y, 0.01)});
      named.Set("visible_fraction", 1);
    }
    objects.Push(named);
  }
  if (level == "none") return record;
  Json p = Json::MakeObject(
      {{"v", 1}, {"key", StrCat(number)}, {"scene", "room"}, {"frames", Json(draft.frames)}});
  if (level == "full") {
    Json size = Json::MakeArray(), intrinsics = Json::MakeArray(), poses = Json::MakeArray();
    for (const std::string& name : draft.frames) {
      const auto& pose = scene.FindFrame(name)->cam_from_world;
      size.Push(Json::Array{160, 120});
      intrinsics.Push(Json::Array{120, 120, 80, 60});
      Json::Array numbers;
      for (int row = 0; row < 3; ++row) {
        for (int column = 0; column < 3; ++column)
          numbers.push_back(round_to(pose.R(row, column), 1e-6));
        numbers.push_back(round_to(pose.t(row), 1e-6));
      }
      for (const int last : {0, 0, 0, 1}) numbers.push_back(last);
      poses.Push(numbers);
    }
    p.Set("size", size).Set("K", intrinsics).Set("cam_from_world", poses);
    p.Set("value", *Json::Parse(draft.value, "value"));
    p.Set("options", *Json::Parse(draft.options, "options"));
    p.Set("correct", draft.correct < 0 ? Json() : Json(draft.correct));
    p.Set("margin",
          Json::MakeObject({{"name", "rounding_m"}, {"value", 0.02}, {"threshold", 0.005}}));
  }
  p.Set("objects", objects);
  record.Set("provenance", p);
  return record;
}

std::string MarksOf(const Scene& scene, const char* frame, int id) {
  const MarkBox b =
      *ProjectedBox(ColorView(*scene.FindFrame(frame)), scene.FindObject(ObjectId{id})->box);
  return StrCat("[",
                std::lround(b.x0),
                ",",
                std::lround(b.y0),
                ",",
                std::lround(b.x1),
                ",",
                std::lround(b.y1),
                "]");
}

// The true questions. By hand, from camera a (right x, up z - 1, depth y):
//   depths: table 2.2, lamp 3.5, chair(3) 3.0, chair(9) 4.0
//   camera to table: |(0.5, 2.2, -0.1)| = sqrt(0.25 + 4.84 + 0.01) = 2.258 -> 2.3
//   table to lamp:   |(0.4, 1.3, 0.6)| = sqrt(0.16 + 1.69 + 0.36) = 1.487 -> 1.5
//   chair(3) to table: |(1.3, -0.8, 0.3)| = sqrt(1.69 + 0.64 + 0.09) = 1.556
//   chair(3) to lamp:  |(1.7, 0.5, 0.9)| = sqrt(2.89 + 0.25 + 0.81) = 1.987
//   table relative to lamp: right -0.4, up -0.6, far -1.3: left, below, closer
//   table relative to chair(9): right 0.5, up -0.1 + ..., far -1.8
//   a to b: right 1.0, forward 0.5, up 0.2, yaw -30, pitch -10
std::vector<Draft> Drafts(const Scene& scene) {
  std::vector<Draft> all;
  const std::string red_lamp =
      "If the lamp (red point) is 3.5 meters deep, how deep is the table (blue point)?";
  const std::string depth = R"j({"depth_ref_m":3.5,"answer_m":2.2})j";
  const std::vector<Part> lamp_table{{"red", 7}, {"blue", 5}};
  all.push_back({"depth_prediction_oc", "fill", red_lamp, "2.2", depth, lamp_table});
  all.push_back(
      {"depth_prediction_oc",
       "sentence",
       red_lamp,
       "With the lamp (red point) at 3.5 meters, the table (blue point) lies 2.2 meters deep.",
       depth,
       lamp_table});
  all.push_back(
      {.task = "depth_prediction_oc",
       .format = "select",
       .question =
           red_lamp + "\nA. 1.7 meters\nB. 2.2 meters\nC. 2.9 meters\nD. 3.8 meters\nOne letter.",
       .answer = "B",
       .value = depth,
       .parts = lamp_table,
       .options =
           R"j([{"text":"1.7 meters","value":1.7},{"text":"2.2 meters","value":2.2},{"text":"2.9 meters","value":2.9},{"text":"3.8 meters","value":3.8}])j",
       .correct = 1});
  all.push_back({"depth_prediction_oo",
                 "fill",
                 "The lamp (red point) is 3.5 meters deep. How much do the depths of the chair "
                 "(green point) and the table (blue point) differ?",
                 "0.8",
                 R"j({"depth_ref_m":3.5,"depth_a_m":2.2,"depth_b_m":3.0,"answer_m":0.8})j",
                 {{"red", 7}, {"blue", 5}, {"green", 3}}});
  all.push_back({"distance_prediction_oc",
                 "fill",
                 "How far is the table (red point)?",
                 "2.3",
                 R"j({"answer_m":2.2583})j",
                 {{"red", 5}}});
  all.push_back({"distance_prediction_oo",
                 "sentence",
                 "How far is the table (red point) from the lamp (blue point)?",
                 "The table (red point) is 1.5 meters from the lamp (blue point).",
                 R"j({"answer_m":1.4866})j",
                 {{"red", 5}, {"blue", 7}}});
  const std::vector<Part> three{{"red", 3}, {"green", 5}, {"blue", 7}};
  const std::string which =
      "Which is closer to the chair (red point): the table (green point) or the lamp (blue point)?";
  const std::string distances = R"j({"ask":"closer","distances_m":[1.5556,1.9875]})j";
  all.push_back(
      {.task = "distance_infer_center_oo",
       .format = "select",
       .question = which + "\nA. table (green point)\nB. lamp (blue point)\nOne letter.",
       .answer = "A",
       .value = distances,
       .parts = three,
       .options =
           R"j([{"text":"table (green point)","value":"green"},{"text":"lamp (blue point)","value":"blue"}])j",
       .correct = 0});
  all.push_back({"distance_infer_center_oo",
                 "sentence",
                 which,
                 "Compared with the lamp (blue point), the table (green point) is closer to the "
                 "chair (red point).",
                 distances,
                 three});
  all.push_back(
      {"distance_infer_center_oo", "fill", which, "table (green point)", distances, three});
  const std::vector<Part> two{{"red", 5}, {"blue", 7}};
  const std::string relation =
      R"j({"right_m":-0.4,"up_m":-0.6,"far_m":-1.3,"slots":["left","below","closer"]})j";
  const std::string where = "Where is the table (red bbox) relative to the lamp (blue bbox)?";
  all.push_back(
      {.task = "obj_spatial_relation_oo",
       .format = "select",
       .question = where + "\nA. right, below, closer\nB. left, , closer\nC. left, above, "
                           "farther\nD. left, below, closer\nOne letter.",
       .answer = "D",
       .value = relation,
       .parts = two,
       .marker = "bbox",
       .options =
           R"j([{"text":"right, below, closer","value":["right","below","closer"]},{"text":"left, , closer","value":["left","","closer"]},{"text":"left, above, farther","value":["left","above","farther"]},{"text":"left, below, closer","value":["left","below","closer"]}])j",
       .correct = 3});
  all.push_back({.task = "obj_spatial_relation_oo",
                 .format = "sentence",
                 .question = where,
                 .answer = "The table (red bbox) is to the left of, below and closer than the lamp "
                           "(blue bbox).",
                 .value = relation,
                 .parts = two,
                 .marker = "bbox"});
  all.push_back({.task = "obj_spatial_relation_oo",
                 .format = "judge",
                 .question = "Is the table (red bbox) above the lamp (blue bbox)? Yes or No.",
                 .answer = "No",
                 .value = relation,
                 .parts = two,
                 .marker = "bbox"});
  const std::string box = MarksOf(scene, "b", 5), lamp_box = MarksOf(scene, "b", 7);
  const std::string match = "Find the table (red bbox) of the first image in the second.";
  all.push_back({"position_matching",
                 "fill",
                 match,
                 box,
                 StrCat("{\"box_1000\":", box, "}"),
                 {{"red", 5}},
                 {"a", "b"},
                 "bbox"});
  all.push_back({.task = "position_matching",
                 .format = "select",
                 .question = StrCat(match, "\nA. ", lamp_box, "\nB. ", box, "\nOne letter."),
                 .answer = "B",
                 .value = StrCat("{\"box_1000\":", box, "}"),
                 .parts = {{"red", 5}},
                 .frames = {"a", "b"},
                 .marker = "bbox",
                 .options = StrCat(R"j([{"text":")j",
                                   lamp_box,
                                   R"j(","value":)j",
                                   lamp_box,
                                   R"j(},{"text":")j",
                                   box,
                                   R"j(","value":)j",
                                   box,
                                   "}]"),
                 .correct = 1});
  const std::string motion =
      R"j({"right_m":1.0,"up_m":0.2,"forward_m":0.5,"yaw_right_deg":-30,"pitch_up_deg":-10})j";
  all.push_back({"view_change_infer",
                 "fill",
                 "How did the camera move?",
                 "move_right:1.0,move_up:0.2,move_forward:0.5,rotate_down:10,rotate_left:30",
                 motion,
                 {},
                 {"a", "b"}});
  all.push_back({"view_change_infer",
                 "sentence",
                 "How did the camera move? Tell it in words.",
                 "It moves 1.0 m to the right, 0.2 m up and 0.5 m forward, turns left by 30 "
                 "degrees and tilts down by 10 degrees.",
                 motion,
                 {},
                 {"a", "b"}});
  all.push_back({"obj_count",
                 "fill",
                 "How many chairs are in the room?",
                 "2",
                 R"j({"category":"chair","ids":[3,9]})j",
                 {},
                 {"a", "b"}});
  all.push_back({"obj_count",
                 "sentence",
                 "How many chairs does the room have?",
                 "The room has two chairs.",
                 R"j({"category":"chair","ids":[3,9]})j",
                 {},
                 {"a", "b"}});
  return all;
}

}  // namespace

TestTree::TestTree(const Path& folder, bool with_mesh, std::string_view provenance)
    : folder_(folder) {
  std::filesystem::remove_all(folder_);
  // The scene is the same for all trees of a test program: it is made once.
  static std::array<bool, 2> written{};
  store_ = folder.parent_path() / (with_mesh ? "room_with_mesh" : "room_with_depth");
  if (!written[with_mesh ? 1 : 0]) {
    std::filesystem::remove_all(store_);
    WriteScene(with_mesh);
  }
  written[with_mesh ? 1 : 0] = true;
  WriteImages();
  WriteRecords(provenance);
}

void TestTree::WriteScene(bool with_mesh) {
  Scene scene = MakeScene();
  auto writer = SceneWriter::Create(store());
  ASSERT_TRUE(writer) << writer.error().Message();
  for (Frame& frame : scene.frames) {
    frame.color_path = *writer->WriteColor(frame.name, Picture(frame.name));
    if (!with_mesh)
      frame.depth_path = *writer->WriteDepth(frame.name, MakeDepth(scene, ColorView(frame)));
  }
  if (with_mesh) scene.mesh = MakeMesh(scene);
  const auto done = writer->Commit(scene);
  ASSERT_TRUE(done) << done.error().Message();
}

void TestTree::WriteImages() {
  for (const char* name : {"a", "b"})
    WriteText(out() / "spar/synth/images/room/image_color" / StrCat(name, ".png"), Picture(name));
}

void TestTree::WriteRecords(std::string_view provenance) {
  const Scene scene = MakeScene();
  int number = 0;
  for (const Draft& draft : Drafts(scene))
    files[StrCat(draft.task, "/", draft.format)].push_back(
        MakeRecord(scene, draft, number++, provenance));
}

VerifyReport TestTree::Verify() {
  std::filesystem::remove_all(out() / "spar/synth/qa_jsonl");
  for (const auto& [name, records] : files) {
    std::string text;
    for (const Json& record : records) text += record.Dump() + "\n";
    const std::string format = name.substr(name.find('/') + 1);
    const size_t count =
        wrong_count.contains(name) ? static_cast<size_t>(wrong_count[name]) : records.size();
    WriteText(out() / "spar/synth/qa_jsonl/train" / name / StrCat(format, "_", count, ".jsonl"),
              text);
  }
  auto report =
      VerifyQuestions({.out = out(), .scenes = {store()}, .threads = 1, .max_failures = 50});
  EXPECT_TRUE(report) << report.error().Message();
  return report ? *std::move(report) : VerifyReport{};
}

Json& Field(Json& json, std::string_view key) {
  for (auto& [name, value] : json.AsObject())
    if (name == key) return value;
  ADD_FAILURE() << "no field " << key;
  return json;
}
Json& Question(Json& record) { return Field(Field(record, "conversations").AsArray()[0], "value"); }
Json& Answer(Json& record) { return Field(Field(record, "conversations").AsArray()[1], "value"); }

}  // namespace spatium::verify
