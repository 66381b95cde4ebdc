#pragma once
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "spatium/base/random.h"
#include "spatium/qa/fact.h"
#include "spatium/qa/qa_scene.h"
#include "spatium/qa/question.h"
#include "spatium/qa/wording/phrase.h"

namespace spatium {

// What the tasks' enumerators share.

// Names a fact: a hash of scene, task, frame names and object ids in the given order. Facts that
// differ only in which object is red share a key where the question is symmetric in them.
uint64_t FactKey(const QaScene& scene,
                 std::string_view task,
                 std::initializer_list<int32_t> frames,
                 std::initializer_list<int32_t> objects,
                 std::string_view extra = {});

// The stream for how a fact is turned.
RandomStream FactStream(const QaScene& scene, uint64_t seed, std::string_view task, uint64_t key);

enum class ViewUse { kPoint, kCenteredBox };
// The views of a frame that are good for a use; the others are counted in `out`.
void UsableViews(const QaFrame& frame,
                 ViewUse use,
                 FactList& out,
                 std::vector<const SeenObject*>& usable);

// Whether two marked objects of one frame can be told apart; kNone if so.
Refusal CheckMarkerPair(const QaScene& scene,
                        const QaFrame& frame,
                        const SeenObject& a,
                        const SeenObject& b);
// The same for two boxed ones.
Refusal CheckBoxPair(const QaScene& scene, const SeenObject& a, const SeenObject& b);

double BoxIou(const std::array<int, 4>& a, const std::array<int, 4>& b);

// How two pictures differ: kNone if the motion is neither trivial nor too large.
Refusal CheckMotion(const QaFrame& first, const QaFrame& second);
// Whether enough of what either picture shows is in the other's field of view.
bool Overlap(const QaFrame& first, const QaFrame& second);

bool NearRounding(double value, double step, double margin);

// "chair (red point)" for a slot.
class MarkedNames {
 public:
  MarkedNames(const QaScene& scene, const Fact& fact, std::string_view kind);
  MarkedNames(const MarkedNames&) = delete;
  MarkedNames& operator=(const MarkedNames&) = delete;
  std::span<const Slot> slots() const { return {slots_.data(), n_}; }
  // Adds a slot with a text that outlives this.
  void Add(Slot slot) { slots_[n_++] = slot; }
  const std::string& text(ObjectRole role) const { return text_[static_cast<size_t>(role)]; }

 private:
  std::array<std::string, 3> text_;
  std::array<Slot, 12> slots_;
  size_t n_ = 0;
};

// Fills markers ("red_point": the centre; "red_bbox": the box) and objects of a single-view
// question from its fact.
void AddPointMarkers(const QaScene& scene, const Fact& fact, Question& out);
void AddBoxMarkers(const QaScene& scene, const Fact& fact, Question& out);

// The view of a fact's object.
const SeenObject& ViewOf(const QaScene& scene, const Fact& fact, const FactObject& object);

}  // namespace spatium
