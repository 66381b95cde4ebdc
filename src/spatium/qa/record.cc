#include "spatium/qa/record.h"

#include <span>

#include "spatium/base/hash.h"
#include "spatium/qa/wording/phrase.h"

namespace spatium {
namespace {

std::span<const int32_t> FramesOf(const QaScene& scene, const Fact& fact) {
  if (fact.num_frames == 0) return scene.video;
  return {fact.frame.data(), fact.num_frames};
}

// A list of one piece per frame.
template <class PieceOf>
void AppendPerFrame(std::string& out,
                    const QaScene& scene,
                    std::span<const int32_t> frames,
                    PieceOf piece_of) {
  out += '[';
  for (size_t i = 0; i < frames.size(); ++i) {
    if (i > 0) out += ',';
    out += piece_of(scene.frames[static_cast<size_t>(frames[i])]);
  }
  out += ']';
}

void AppendList(std::string& out, const std::vector<std::string>& pieces) {
  out += '[';
  for (size_t i = 0; i < pieces.size(); ++i) {
    if (i > 0) out += ',';
    out += pieces[i];
  }
  out += ']';
}

void AppendPictures(std::string& out, const QaScene& scene, const Fact& fact) {
  if (fact.num_frames == 0) {
    AppendList(out, scene.video_color_json);
    return;
  }
  AppendPerFrame(
      out, scene, FramesOf(scene, fact), [](const QaFrame& f) -> auto& { return f.color_json; });
}

// The depth maps, if every frame has one.
void AppendDepths(std::string& out, const QaScene& scene, const Fact& fact) {
  for (const int32_t frame : FramesOf(scene, fact))
    if (scene.frames[static_cast<size_t>(frame)].depth_json.empty()) return;
  out += ",\"depth\":";
  if (fact.num_frames == 0) {
    AppendList(out, scene.video_depth_json);
    return;
  }
  AppendPerFrame(
      out, scene, FramesOf(scene, fact), [](const QaFrame& f) -> auto& { return f.depth_json; });
}

void AppendMarkers(std::string& out, const Question& question) {
  for (const MarkerField& marker : question.markers) {
    out += ",\"";
    out += marker.field;
    out += "\":[[";
    for (uint8_t i = 0; i < marker.size; ++i) {
      if (i > 0) out += ',';
      AppendInt(out, marker.values[i]);
    }
    out += "]]";
  }
}

void AppendObject(std::string& out,
                  const QaScene& scene,
                  const Fact& fact,
                  const FactObject& part,
                  ProvenanceDetail detail) {
  const QaObject& object = scene.objects[static_cast<size_t>(part.object)];
  out += "{\"role\":\"";
  out += Name(part.role);
  out += "\",";
  if (detail == ProvenanceDetail::kIds) {
    out += "\"id\":";
    AppendInt(out, object.id.value);
    out += ",\"label\":";
    AppendQuoted(out, object.name);
  } else {
    out += object.json;
  }
  out += ",\"frame\":";
  AppendInt(out, part.frame);
  if (detail == ProvenanceDetail::kFull) {
    const int32_t frame = FramesOf(scene, fact)[part.frame];
    const SeenObject* seen = scene.frames[static_cast<size_t>(frame)].Find(part.object);
    out += ",\"pixel\":[";
    AppendNumber(out, seen->center_px.u, 2);
    out += ',';
    AppendNumber(out, seen->center_px.v, 2);
    out += "],\"visible_fraction\":";
    AppendNumber(out, seen->visible_fraction, 4);
  }
  out += '}';
}

void AppendObjects(std::string& out,
                   const QaScene& scene,
                   const Fact& fact,
                   const Question& question,
                   ProvenanceDetail detail) {
  out += ",\"objects\":[";
  for (size_t i = 0; i < question.objects.size(); ++i) {
    if (i > 0) out += ',';
    AppendObject(out, scene, fact, question.objects[i], detail);
  }
  out += ']';
}

void AppendAnswerFacts(std::string& out, const Question& question) {
  out += ",\"value\":";
  out += question.value_json;
  out += ",\"options\":";
  if (question.num_options == 0) {
    out += "null,\"correct\":null";
  } else {
    for (size_t i = 0; i < question.num_options; ++i) {
      out += i == 0 ? "[{\"text\":" : ",{\"text\":";
      AppendQuoted(out, question.options[i].text);
      out += ",\"value\":";
      out += question.options[i].value_json;
      out += '}';
    }
    out += "],\"correct\":";
    AppendInt(out, question.correct);
  }
  out += ",\"margin\":{\"name\":\"";
  out += question.margin_name;
  out += "\",\"value\":";
  AppendNumber(out, question.margin, 4);
  out += ",\"threshold\":";
  AppendNumber(out, question.margin_threshold, 4);
  out += '}';
}

void AppendProvenance(std::string& out,
                      const QaScene& scene,
                      const Fact& fact,
                      const Question& question,
                      std::string_view key,
                      ProvenanceDetail detail) {
  const auto frames = FramesOf(scene, fact);
  out += ",\"provenance\":{\"v\":1,\"key\":\"";
  out += key;
  out += "\",\"scene\":";
  AppendQuoted(out, scene.id);
  out += ",\"frames\":";
  AppendPerFrame(out, scene, frames, [](const QaFrame& f) -> auto& { return f.name_json; });
  if (detail == ProvenanceDetail::kFull) {
    out += ",\"size\":";
    AppendPerFrame(out, scene, frames, [](const QaFrame& f) -> auto& { return f.size_json; });
    out += ",\"K\":";
    AppendPerFrame(out, scene, frames, [](const QaFrame& f) -> auto& { return f.k_json; });
    out += ",\"cam_from_world\":";
    AppendPerFrame(out, scene, frames, [](const QaFrame& f) -> auto& { return f.pose_json; });
  }
  AppendObjects(out, scene, fact, question, detail);
  if (detail == ProvenanceDetail::kFull) AppendAnswerFacts(out, question);
  out += '}';
}

}  // namespace

std::string QuestionKey(const Fact& fact, AnswerFormat format) {
  return Hex(Hash64(Name(format), fact.key));
}

void AppendQuoted(std::string& out, std::string_view text) {
  constexpr std::string_view kHex = "0123456789abcdef";
  out += '"';
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (c == '\n') {
      out += "\\n";
    } else if (byte < 0x20) {
      out += "\\u00";
      out += kHex[byte >> 4];
      out += kHex[byte & 15];
    } else {
      out += c;
    }
  }
  out += '"';
}

void AppendRecord(std::string& out,
                  const QaScene& scene,
                  std::string_view task,
                  AnswerFormat format,
                  const Fact& fact,
                  const Question& question,
                  ProvenanceDetail detail) {
  const std::string key = QuestionKey(fact, format);
  out += "{\"id\":";
  AppendQuoted(out, scene.id);
  out.pop_back();  // the id goes on: SCENE_KEY
  out += '_';
  out += key;
  out += "\",\"conversations\":[{\"from\":\"human\",\"value\":";
  AppendQuoted(out, question.text);
  out += "},{\"from\":\"gpt\",\"value\":";
  AppendQuoted(out, question.answer);
  out += "}],\"image\":";
  AppendPictures(out, scene, fact);
  out += ",\"type\":\"";
  out += task;
  out += '"';
  AppendDepths(out, scene, fact);
  AppendMarkers(out, question);
  if (detail != ProvenanceDetail::kNone) AppendProvenance(out, scene, fact, question, key, detail);
  out += "}\n";
}

}  // namespace spatium
