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
    if (object.category == category) ids.insert(object.id.value);
  const auto count = static_cast<int64_t>(ids.size());
  const std::vector<verify::Mentionable> mentions{{.color = "", .labels = {category}}};

  verify::Truth truth;
  truth.told = StrCat(count, " x ", category);
  truth.value = [=](const Json& value) -> std::string {
    const Json* list = value.Find("ids");
    if (!list || !list->IsArray()) return "no ids";
    std::set<int64_t> stated;
    for (const Json& id : list->AsArray())
      if (id.IsInt()) stated.insert(id.AsInt());
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
    for (const verify::Token& token : verify::Tokens(answer, mentions)) {
      if (token.kind == verify::TokenKind::kObject) continue;
      const auto number = verify::CountWord(token.text);
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
