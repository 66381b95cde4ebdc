#include "spatium/qa/categories.h"

#include <algorithm>
#include <map>
#include <span>

#include "spatium/qa/limits.h"
#include "spatium/qa/wording/language.h"

namespace spatium {
namespace {

using Words = std::span<const std::string_view>;

// Names that one person gives and another does not: counting any of them while another one is in
// the scene is ambiguous. Chosen from everyday use.
constexpr std::string_view kSofa[] = {"sofa", "couch", "loveseat", "settee", "sofa chair"};
constexpr std::string_view kScreen[] = {
    "monitor", "screen", "TV", "tv", "television", "computer monitor"};
constexpr std::string_view kBin[] = {"trash can",
                                     "trash bin",
                                     "garbage bin",
                                     "garbage can",
                                     "recycling bin",
                                     "waste bin",
                                     "wastebasket",
                                     "bin",
                                     "compost bin",
                                     "dustbin"};
constexpr std::string_view kPicture[] = {
    "picture", "painting", "poster", "photo", "picture frame", "art"};
constexpr std::string_view kDoor[] = {
    "door", "doors", "doorframe", "door frame", "doorway", "closet door"};
constexpr std::string_view kShelf[] = {
    "shelf", "bookshelf", "bookcase", "shelves", "rack", "shelving"};
constexpr std::string_view kCabinet[] = {"cabinet",
                                         "cupboard",
                                         "closet",
                                         "wardrobe",
                                         "dresser",
                                         "drawer",
                                         "drawers",
                                         "chest of drawers",
                                         "sideboard",
                                         "credenza"};
constexpr std::string_view kCup[] = {"cup", "mug", "glass", "coffee mug", "coffee cup", "tumbler"};
constexpr std::string_view kCurtain[] = {
    "curtain", "curtains", "blinds", "blind", "drapes", "shade"};
constexpr std::string_view kStoolLike[] = {"ottoman", "footstool", "pouf", "footrest"};
constexpr std::string_view kPillow[] = {"pillow", "cushion"};
constexpr std::string_view kRug[] = {"rug", "mat", "carpet"};
constexpr std::string_view kCounter[] = {"counter", "countertop", "kitchen counter"};
constexpr Words kSynonyms[] = {kSofa,
                               kScreen,
                               kBin,
                               kPicture,
                               kDoor,
                               kShelf,
                               kCabinet,
                               kCup,
                               kCurtain,
                               kStoolLike,
                               kPillow,
                               kRug,
                               kCounter};

struct Wider {
  std::string_view word;
  Words kinds;
};
constexpr std::string_view kBags[] = {
    "backpack", "purse", "handbag", "suitcase", "briefcase", "luggage"};
constexpr std::string_view kChairs[] = {"seat", "stool", "recliner", "couch", "sofa", "rocker"};
constexpr std::string_view kTables[] = {"desk", "nightstand", "end table", "stand", "workbench"};
constexpr std::string_view kLamps[] = {"light", "light fixture", "chandelier", "lamp"};
constexpr std::string_view kComputers[] = {"laptop", "computer tower", "computer", "PC", "imac"};
constexpr std::string_view kBoxes[] = {
    "box", "carton", "container", "crate", "bin", "storage container"};
constexpr std::string_view kBottles[] = {"jar", "flask", "thermos"};
constexpr std::string_view kPlants[] = {"flower", "tree", "potted plant", "bush"};
constexpr std::string_view kBooks[] = {"notebook", "binder", "magazine", "folder", "books"};
constexpr std::string_view kTowels[] = {"cloth", "rag"};
constexpr Wider kWider[] = {{"bag", kBags},
                            {"seat", kChairs},
                            {"table", kTables},
                            {"light", kLamps},
                            {"lamp", kLamps},
                            {"computer", kComputers},
                            {"box", kBoxes},
                            {"container", kBoxes},
                            {"bottle", kBottles},
                            {"plant", kPlants},
                            {"book", kBooks},
                            {"towel", kTowels}};

bool IsIn(Words words, std::string_view word) {
  return std::ranges::find(words, word) != words.end();
}

Refusal JudgeLabel(const QaCategory& category, const std::vector<QaCategory>& all) {
  if (IsGenericLabel(category.name)) return Refusal::kGenericLabel;
  if (IsStructureLabel(category.name)) return Refusal::kStructure;
  if (IsPlural(category.name) || IsMassNoun(category.name)) return Refusal::kPluralLabel;
  for (const QaCategory& other : all)
    if (other.name != category.name && MayInclude(category.name, other.name))
      return Refusal::kSynonyms;
  return Refusal::kNone;
}

Refusal JudgeBoxes(const QaScene& scene, const QaCategory& category) {
  for (const int32_t a : category.objects) {
    for (size_t b = 0; b < scene.objects.size(); ++b) {
      const auto other = static_cast<int32_t>(b);
      if (other == a || !scene.SameThing(a, other)) continue;
      return scene.objects[b].name == category.name ? Refusal::kDuplicateBoxes
                                                    : Refusal::kTwoLabels;
    }
  }
  return Refusal::kNone;
}

Refusal JudgeSeen(const QaScene& scene, const QaCategory& category) {
  for (const int32_t object : category.objects) {
    const bool seen = std::ranges::any_of(scene.video, [&](int32_t index) {
      const SeenObject* view = scene.frames[static_cast<size_t>(index)].Find(object);
      return view != nullptr && view->visible_fraction >= limits::kCountVisible &&
             view->depth_m <= limits::kMaxDepth;
    });
    if (!seen) return Refusal::kNotSeen;
  }
  return Refusal::kNone;
}

}  // namespace

bool MayInclude(std::string_view name, std::string_view other) {
  // "chair" may include "armchair" and "office chair"; "door" may include "doors".
  if (other.size() > name.size() && other.ends_with(name)) return true;
  if (other == Pluralize(name) || name == Pluralize(other)) return true;
  // "pictures" and "office pictures" of a plural label.
  if (IsPlural(other) && other.ends_with(Pluralize(name))) return true;
  for (const Words group : kSynonyms)
    if (IsIn(group, name) && IsIn(group, other)) return true;
  for (const auto& [word, kinds] : kWider)
    if (name == word && IsIn(kinds, other)) return true;
  return false;
}

std::vector<QaCategory> FindCategories(const QaScene& scene) {
  std::map<std::string, QaCategory> by_name;
  for (size_t i = 0; i < scene.objects.size(); ++i) {
    QaCategory& category = by_name[scene.objects[i].name];
    category.name = scene.objects[i].name;
    category.objects.push_back(static_cast<int32_t>(i));
  }
  std::vector<QaCategory> all;
  for (auto& [name, category] : by_name) all.push_back(std::move(category));
  for (QaCategory& category : all) {
    category.refusal = JudgeLabel(category, all);
    if (category.refusal == Refusal::kNone) category.refusal = JudgeBoxes(scene, category);
    if (category.refusal == Refusal::kNone) category.refusal = JudgeSeen(scene, category);
  }
  return all;
}

}  // namespace spatium
