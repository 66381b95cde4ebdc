#pragma once
#include <array>
#include <cmath>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "spatium/base/files.h"
#include "spatium/base/json.h"
#include "spatium/chat/message.h"
#include "spatium/dataset/cell_reader.h"
#include "spatium/image/marker.h"

namespace spatium {

// A picture, video or depth map of an item, not yet read: loading thousands of items stays cheap.
struct MediaRef {
  enum class Kind { kImage, kVideo, kDepth };
  Kind kind = Kind::kImage;
  std::string bytes = {};   // embedded in the table; else empty and
  CellPlace cell = {};      // a cell of a Parquet file (row >= 0), or
  Path file = {};           // a file, or the archive (.zip, .tar, .tar.gz, .part_*) that holds
  std::string member = {};  // this member; empty: `file` itself
  std::string source = {};  // its name in logs and reports
  std::vector<Marker> markers = {};  // drawn into a picture before it is sent
  MarkerStyle marker_style = MarkerStyle::kClear;
};

// One question of a benchmark.
struct Item {
  std::string id;
  std::string task;  // the benchmark's own task or category
  std::string question;
  std::vector<std::string> options;  // as the official record has them
  std::string answer;                // gold, as the official scorer takes it
  Json gold;                    // where the gold is not text: boxes, masks, lists of references
  std::vector<MediaRef> media;  // in the order of the official prompt
  Json fields;                  // further fields that scoring, prompts or groupings need
};

enum class Outcome { kScored, kSkipped, kUnparsable, kFailed };
std::string_view Name(Outcome outcome);  // "scored", "skipped", "unparsable", "failed"

// What became of one item's reply. An unparsable reply scores 0 and is counted; a skipped item (no
// judge, or the official script drops it) and a failed call are in no mean.
struct ItemScore {
  Outcome outcome = Outcome::kScored;
  double score = 0;  // 0..1; a caption's CIDEr may be more
  Json parsed = {};  // the answer as the parser read it; null if it could not
};
// Whether it is in the means.
inline bool Counts(const ItemScore& score) {
  return score.outcome == Outcome::kScored || score.outcome == Outcome::kUnparsable;
}

// One number over many items.
struct Score {
  double value = 0;  // in the benchmark's unit
  size_t n = 0;
  std::array<double, 2> interval95 = {std::nan(""), std::nan("")};  // NaN: not known
};

}  // namespace spatium
