#include "spatium/benchmarks/fields.h"

#include <algorithm>

#include "spatium/base/base64.h"
#include "spatium/base/text.h"
#include "spatium/benchmarks/benchmark.h"
#include "spatium/dataset/parquet.h"
#include "spatium/metrics/python_value.h"

namespace spatium {
namespace {

bool IsPicture(std::string_view bytes) {
  return bytes.starts_with("\x89PNG") || bytes.starts_with("\xff\xd8\xff");
}

// The picture in a text: its bytes as they are or in base64; "" for anything else.
std::string PictureIn(std::string_view text) {
  if (IsPicture(text)) return std::string(text);
  if (text.starts_with("data:image/"))
    text.remove_prefix(std::min(text.find(',') + 1, text.size()));
  if (!text.starts_with("/9j/") && !text.starts_with("iVBORw0KGg")) return "";
  const auto bytes = FromBase64(text);
  return bytes && IsPicture(*bytes) ? *bytes : "";
}

// The file that a record calls `name`.
Result<Path> FileOf(const std::string& name, const Path& folder) {
  if (StaysInside(name)) return folder / name;
  return Error{ErrorCode::kBadValue, folder.string(), "a path inside the folder", Quote(name)};
}

Result<void> AddImage(const Json& image, const Path& folder, std::vector<MediaRef>& media) {
  MediaRef ref;
  if (image.IsString()) {
    ref.bytes = PictureIn(image.AsString());
    if (ref.bytes.empty()) {
      SPATIUM_TRY(ref.file, FileOf(image.AsString(), folder));
      ref.source = image.AsString();
    }
  } else if (image.IsObject()) {
    const Json* bytes = image.Find("bytes");
    ref.source = FieldText(image, "path");
    if (bytes != nullptr && bytes->IsString()) {
      ref.bytes = bytes->AsString();
    } else {
      SPATIUM_TRY(ref.file, FileOf(ref.source, folder));
    }
  } else {
    return {};
  }
  media.push_back(std::move(ref));
  return {};
}

// Thousands of pictures do not stay in memory: those that are cells of a Parquet file as they are
// will be read from there again when they are sent.
void LeaveInTable(const Json& row, std::string_view key, std::vector<MediaRef>& media) {
  const Json* place = row.Find(kCellPlace);
  const Json* file = place != nullptr ? place->Find("file") : nullptr;
  const Json* number = place != nullptr ? place->Find("row") : nullptr;
  if (file == nullptr || number == nullptr || !file->IsString() || !number->IsInt()) return;
  const Json& value = *row.Find(key);
  const size_t num_cells = value.IsArray() ? value.AsArray().size() : 1;
  for (size_t k = 0; k < media.size() && num_cells == media.size(); ++k) {
    const Json* cell = value.IsArray() ? &value.AsArray()[k] : &value;
    if (cell->IsObject()) cell = cell->Find("bytes");
    if (media[k].bytes.empty() || cell == nullptr || !cell->IsString() ||
        cell->AsString() != media[k].bytes)
      continue;
    std::string().swap(media[k].bytes);  // an assignment would keep its memory
    media[k].cell = {
        .file = file->AsString(), .row = number->AsInt(), .column = std::string(key), .index = k};
  }
}

Json OfPython(const py::Value& value);

Json ListOf(const py::Items& items) {
  Json list = Json::MakeArray();
  for (const py::Value& item : items) list.Push(OfPython(item));
  return list;
}

Json OfPython(const py::Value& value) {
  if (const auto* truth = value.As<bool>()) return Json(*truth);
  if (const auto* number = value.As<py::Int>())
    return number->i64 ? Json(*number->i64) : Json(number->value);
  if (const auto* number = value.As<double>()) return Json(*number);
  if (const auto* text = value.As<py::Str>()) return Json(py::ToUtf8(*text));
  if (const auto* list = value.As<py::List>()) return ListOf(list->items);
  if (const auto* tuple = value.As<py::Tuple>()) return ListOf(tuple->items);
  const auto* dict = value.As<py::Dict>();
  if (dict == nullptr) return Json();
  Json object = Json::MakeObject({});
  for (size_t i = 0; i < dict->keys.size(); ++i)
    if (const auto* key = dict->keys[i].As<py::Str>())
      object.Set(py::ToUtf8(*key), OfPython(dict->values[i]));
  return object;
}

}  // namespace

Json LiteralField(const Json& row, std::string_view key) {
  const Json* value = row.Find(key);
  if (value == nullptr) return Json();
  if (!value->IsString()) return *value;
  const py::Parsed parsed = py::LiteralEval(py::FromUtf8(value->AsString()));
  return parsed.value ? OfPython(*parsed.value) : *value;
}

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
  if (const Json* value = row.Find(key); value != nullptr && !value->IsNull()) {
    if (!value->IsArray() && !value->IsObject()) return FieldText(row, key);
    return Error{ErrorCode::kBadValue,
                 StrCat(where, ": ", key),
                 "text or a number",
                 value->Dump().substr(0, 60)};
  }
  std::vector<std::string> names;
  if (row.IsObject())
    for (const auto& field : row.AsObject()) names.push_back(field.first);
  return Error{ErrorCode::kNotFound,
               std::string(where),
               StrCat("field ", key),
               "fields " + Join(names, ", ")};
}

Result<std::vector<MediaRef>> FieldImages(const Json& row,
                                          std::string_view key,
                                          const Path& folder) {
  std::vector<MediaRef> media;
  const Json* value = row.Find(key);
  if (value == nullptr) return media;
  if (value->IsArray()) {
    for (const Json& image : value->AsArray()) SPATIUM_TRY_DO(AddImage(image, folder, media));
  } else {
    SPATIUM_TRY_DO(AddImage(*value, folder, media));
  }
  LeaveInTable(row, key, media);
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
  const std::string& text = answer->AsString();
  const size_t at = text.find_first_not_of("( ");
  const auto is_letter = [&](size_t i) {
    return i < text.size() &&
           ((text[i] >= 'A' && text[i] <= 'Z') || (text[i] >= 'a' && text[i] <= 'z'));
  };
  // "hidden" is no letter.
  if (at == text.npos || !is_letter(at) || is_letter(at + 1)) return "";
  return std::string(1, static_cast<char>(text[at] & ~32));
}

std::string GoldLetter(const Item& item) {
  const auto index = ParseInt(item.answer);
  const Json answer = index ? Json(*index) : Json(item.answer);
  return LetterOf(&answer);
}

std::vector<std::string> OptionsInText(std::string_view text) {
  // Where "C." or the like begins and ends, from `from` on; npos if there is none.
  const auto find = [&](char letter, size_t from) -> std::pair<size_t, size_t> {
    for (size_t i = text.find(letter, from); i != text.npos; i = text.find(letter, i + 1)) {
      const bool open = i > 0 && text[i - 1] == '(';
      const bool begins =
          i == 0 || open || std::string_view(" \t\n,").find(text[i - 1]) != text.npos;
      if (begins && i + 1 < text.size() && std::string_view(".):").find(text[i + 1]) != text.npos)
        return {open ? i - 1 : i, i + 2};
    }
    return {text.npos, text.npos};
  };
  std::vector<std::string> best;
  // The last list: a text may name options before it lists them.
  for (auto at = find('A', 0); at.first != text.npos; at = find('A', at.second)) {
    std::vector<std::string> options;
    auto marker = at;
    for (char letter = 'B'; letter <= 'Z' && marker.first != text.npos; ++letter) {
      const auto next = find(letter, marker.second);
      options.emplace_back(
          Trim(text.substr(marker.second, std::min(next.first, text.size()) - marker.second)));
      marker = next;
    }
    if (options.size() >= 2) best = std::move(options);
  }
  for (size_t i = 0; i + 1 < best.size(); ++i)
    if (best[i].ends_with(',')) best[i].pop_back();
  return best;
}

Prompt PicturesThenText(const Item& item, std::string text, int max_tokens) {
  Prompt prompt;
  for (size_t i = 0; i < item.media.size(); ++i)
    prompt.user.push_back({.media_idx = static_cast<int>(i)});
  prompt.user.push_back({.text = std::move(text)});
  prompt.sampling.max_tokens = max_tokens;
  return prompt;
}

ItemScore LetterScore(const std::optional<py::Str>& letter, std::string_view gold) {
  if (!letter || letter->empty()) return {.outcome = Outcome::kUnparsable};
  std::string text = py::ToUtf8(*letter);
  const double score = ToLower(text) == ToLower(gold) ? 1 : 0;
  return {.outcome = Outcome::kScored, .score = score, .parsed = Json(std::move(text))};
}

}  // namespace spatium
