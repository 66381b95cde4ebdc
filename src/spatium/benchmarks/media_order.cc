#include "spatium/benchmarks/media_order.h"

#include <algorithm>
#include <unordered_map>

#include "spatium/base/text.h"

namespace spatium {
namespace {

// The first video of an item; "" if it has none.
std::string VideoOf(const Item& item) {
  for (const MediaRef& media : item.media)
    if (media.kind == MediaRef::Kind::kVideo)
      return StrCat(media.file.string(), "\n", media.member, "\n", media.source);
  return "";
}

}  // namespace

std::vector<size_t> OrderByVideo(std::span<const Item> items, size_t at_a_time) {
  std::vector<std::vector<size_t>> groups;  // by their first item
  std::unordered_map<std::string, size_t> known;
  for (size_t i = 0; i < items.size(); ++i) {
    const std::string video = VideoOf(items[i]);
    size_t group = groups.size();
    if (!video.empty()) group = known.emplace(video, group).first->second;
    if (group == groups.size()) groups.emplace_back();
    groups[group].push_back(i);
  }
  struct Place {
    size_t group = 0, next = 0;
  };
  std::vector<size_t> order;
  order.reserve(items.size());
  std::vector<Place> open;
  for (size_t unopened = 0; order.size() < items.size();) {
    while (open.size() < std::max<size_t>(1, at_a_time) && unopened < groups.size())
      open.push_back({.group = unopened++});
    for (Place& place : open) order.push_back(groups[place.group][place.next++]);
    std::erase_if(open,
                  [&](const Place& place) { return place.next == groups[place.group].size(); });
  }
  return order;
}

}  // namespace spatium
