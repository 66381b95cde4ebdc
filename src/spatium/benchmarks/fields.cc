#include "spatium/benchmarks/fields.h"

#include "spatium/base/text.h"
#include "spatium/benchmarks/benchmark.h"

namespace spatium {
namespace {

void AddImage(const Json& image, const Path& folder, std::vector<MediaRef>& media) {
  MediaRef ref;
  if (image.IsString()) {
    ref.file = folder / image.AsString();
    ref.source = image.AsString();
  } else if (image.IsObject()) {
    const Json* bytes = image.Find("bytes");
    ref.source = FieldText(image, "path");
    if (bytes != nullptr && bytes->IsString())
      ref.bytes = bytes->AsString();
    else
      ref.file = folder / ref.source;
  } else {
    return;
  }
  media.push_back(std::move(ref));
}

}  // namespace

std::string FieldText(const Json& row, std::string_view key) {
  const Json* value = row.Find(key);
  if (value == nullptr || value->IsNull()) return "";
  return value->IsString() ? value->AsString() : value->Dump();
}

std::vector<std::string> FieldTexts(const Json& row, std::string_view key) {
  std::vector<std::string> texts;
  const Json* value = row.Find(key);
  if (value == nullptr || !value->IsArray()) return texts;
  for (const Json& item : value->AsArray())
    texts.push_back(item.IsString() ? item.AsString() : item.Dump());
  return texts;
}

Result<std::string> NeedText(const Json& row, std::string_view key, std::string_view where) {
  if (row.Find(key) != nullptr && !row.Find(key)->IsNull()) return FieldText(row, key);
  std::vector<std::string> names;
  if (row.IsObject())
    for (const auto& field : row.AsObject()) names.push_back(field.first);
  return Error{ErrorCode::kNotFound,
               std::string(where),
               StrCat("field ", key),
               "fields " + Join(names, ", ")};
}

std::vector<MediaRef> FieldImages(const Json& row, std::string_view key, const Path& folder) {
  std::vector<MediaRef> media;
  const Json* value = row.Find(key);
  if (value == nullptr) return media;
  if (value->IsArray())
    for (const Json& image : value->AsArray()) AddImage(image, folder, media);
  else
    AddImage(*value, folder, media);
  return media;
}

std::vector<std::string> OptionLetters(size_t n) {
  std::vector<std::string> letters;
  for (size_t i = 0; i < n && i < 26; ++i) letters.emplace_back(1, static_cast<char>('A' + i));
  return letters;
}

std::string LetterOf(const Json* answer) {
  if (answer == nullptr) return "";
  if (answer->IsInt() && answer->AsInt() >= 0 && answer->AsInt() < 26)
    return std::string(1, static_cast<char>('A' + answer->AsInt()));
  if (!answer->IsString()) return "";
  for (const char c : answer->AsString()) {
    if (c == '(' || c == ' ') continue;
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z')
               ? std::string(1, static_cast<char>(c & ~32))
               : "";
  }
  return "";
}

Prompt PicturesThenText(const Item& item, std::string text, int max_tokens) {
  Prompt prompt;
  for (size_t i = 0; i < item.media.size(); ++i)
    prompt.user.push_back({.text = "", .media_idx = static_cast<int>(i)});
  prompt.user.push_back({.text = std::move(text), .media_idx = -1});
  prompt.sampling.max_tokens = max_tokens;
  return prompt;
}

ItemScore LetterScore(const std::optional<py::Str>& letter, std::string_view gold) {
  if (!letter || letter->empty())
    return {.outcome = Outcome::kUnparsable, .score = 0, .parsed = {}};
  const std::string text = py::ToUtf8(*letter);
  return {.outcome = Outcome::kScored,
          .score = ToLower(text) == ToLower(gold) ? 1.0 : 0.0,
          .parsed = Json(text)};
}

}  // namespace spatium
