// How many objects of a category the room has.
#include <algorithm>
#include <set>

#include "spatium/base/text.h"
#include "spatium/qa/verify/truths.h"

namespace spatium {
namespace {

// The category that the question names: the longest one that stands in it.
std::string CategoryIn(std::string_view question, const Scene& scene) {
  std::string best;
  for (const Object& object : scene.objects) {
    const auto tokens = verify::Tokens(question, {{.color = "", .labels = {object.category}}});
    const bool named = std::ranges::any_of(tokens, [](const verify::Token& token) {
      return token.kind == verify::TokenKind::kObject;
    });
    if (named && object.category.size() > best.size()) best = object.category;
  }
  return best;
}

verify::Truth Derive(const verify::Case& c) {
  const Scene& scene = c.source.scene();
  const Json* claimed = c.record.provenance ? c.record.provenance->value.Find("category") : nullptr;
  const std::string category =
      claimed && claimed->IsString() ? claimed->AsString() : CategoryIn(c.record.question, scene);
  std::set<int64_t> ids;
  for (const Object& object : scene.objects)
    if (verify::NormalName(object.category) == verify::NormalName(category))
      ids.insert(object.id.value);
  const auto count = static_cast<int64_t>(ids.size());
  const std::vector<verify::Mentionable> mentions{{.color = "", .labels = {category}}};

  std::vector<verify::NamedObject> provenance;
  if (c.record.provenance) provenance = c.record.provenance->objects;

  verify::Truth truth;
  truth.told = StrCat(count, " x ", category);
  truth.value = [=](const Json& value) -> std::string {
    const Json* list = value.Find("ids");
    if (!list || !list->IsArray()) return "no ids";
    std::set<int64_t> stated;
    for (const Json& id : list->AsArray())
      if (id.IsInt()) stated.insert(id.AsInt());
    // The objects that provenance describes are the ones it counts.
    std::set<int64_t> described;
    for (const verify::NamedObject& object : provenance)
      if (object.id) described.insert(*object.id);
    if (!described.empty() && described != ids) return "other objects in provenance";
    return stated == ids && list->AsArray().size() == ids.size() ? "" : list->Dump();
  };
  truth.right = [=](std::string_view text) -> std::optional<bool> {
    const auto number = verify::CountWord(ToLower(Trim(text)));
    if (!number) return std::nullopt;
    return count > 0 && *number == count;
  };
  truth.question = [=](std::string_view question) -> std::string {
    const auto tokens = verify::Tokens(question, mentions);
    const bool named = std::ranges::any_of(tokens, [](const verify::Token& token) {
      return token.kind == verify::TokenKind::kObject;
    });
    return named ? "" : StrCat("no ", category, " is named");
  };
  truth.sentence = [=](std::string_view answer) -> std::string {
    bool told = false;
    const auto tokens = verify::Tokens(answer, mentions);
    for (size_t i = 0; i < tokens.size(); ++i) {
      // A word is a count only before the things counted: "two chairs", not "each one".
      const bool counts = tokens[i].kind == verify::TokenKind::kNumber ||
                          (tokens[i].kind == verify::TokenKind::kWord && i + 1 < tokens.size() &&
                           tokens[i + 1].kind == verify::TokenKind::kObject);
      const auto number = counts ? verify::CountWord(tokens[i].text) : std::nullopt;
      if (tokens[i].kind == verify::TokenKind::kNumber && !number) return std::string(answer);
      if (!number) continue;
      if (*number != count) return std::string(answer);
      told = true;
    }
    return told ? "" : std::string(answer);
  };
  return truth;
}

}  // namespace

const CheckerInfo& CheckerInfo_obj_count() {
  static const CheckerInfo kInfo{.roles = {},
                                 .marker = "",
                                 .marked = {},
                                 .num_images = std::nullopt,
                                 .formats = {"fill", "sentence"},
                                 .derive = Derive};
  return kInfo;
}

}  // namespace spatium
