#include "spatium/base/text.h"
#include "spatium/scene/category.h"
#include "spatium/scene/check/context.h"

namespace spatium {

void CheckLabels(const CheckContext& context, std::vector<Problem>& problems) {
  constexpr std::string_view kNoThing[] = {"object", "objects", "unknown", "remove", "misc"};
  for (const Object& object : context.scene.objects) {
    const std::string plain = Join(
        [&] {
          std::vector<std::string> words;
          const std::string lower = ReplaceAll(ToLower(object.label), "_", " ");
          for (const auto word : SplitWhitespace(lower)) words.emplace_back(word);
          return words;
        }(),
        " ");
    if (plain.empty())
      problems.push_back({Severity::kError, "no_label", PlaceOf(object), "the label is empty"});
    else if (const std::string singular = CanonicalCategory(plain); singular != plain)
      problems.push_back(
          {Severity::kNote,
           "plural_label",
           PlaceOf(object),
           StrCat("the label is a plural: one box for several things, or one ", singular, "?")});
    for (const std::string_view word : kNoThing)
      if (plain == word)
        problems.push_back(
            {Severity::kNote, "vague_label", PlaceOf(object), "the label names no kind of thing"});
  }
}

}  // namespace spatium
