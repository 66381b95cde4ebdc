#include "spatium/benchmarks/prompt_layout.h"

#include "spatium/base/text.h"
#include "spatium/metrics/python.h"

namespace spatium {
namespace {

void AddText(std::string_view text, bool strip, Prompt& prompt) {
  std::string piece = strip ? py::ToUtf8(py::Strip(py::FromUtf8(text))) : std::string(text);
  if (!piece.empty()) prompt.user.push_back({.text = std::move(piece)});
}

void AddPictures(size_t begin, size_t end, Prompt& prompt) {
  for (size_t i = begin; i < end; ++i) prompt.user.push_back({.media_idx = static_cast<int>(i)});
}

}  // namespace

Prompt TextThenPictures(const Item& item, std::string text, int max_tokens) {
  Prompt prompt;
  prompt.user.push_back({.text = std::move(text)});
  AddPictures(0, item.media.size(), prompt);
  prompt.sampling.max_tokens = max_tokens;
  return prompt;
}

Prompt Interleaved(const Item& item, std::string_view text, bool strip, int max_tokens) {
  constexpr std::string_view kImage = "<image>";
  Prompt prompt;
  prompt.sampling.max_tokens = max_tokens;
  size_t used = 0;
  for (size_t at = text.find(kImage); at != text.npos; at = text.find(kImage)) {
    AddText(text.substr(0, at), strip, prompt);
    text.remove_prefix(at + kImage.size());
    if (used < item.media.size()) {
      AddPictures(used, used + 1, prompt);
      ++used;
    }
  }
  AddPictures(used, item.media.size(), prompt);
  AddText(text, strip, prompt);
  return prompt;
}

}  // namespace spatium
