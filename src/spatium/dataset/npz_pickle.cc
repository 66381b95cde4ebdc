// The part of Python's pickle that numpy uses for arrays of objects, protocols 0x80 2 to 5. A stack
// machine over values; of the functions that a pickle may name only numpy's own constructors are
// known, and they are not called but understood.
// Source: the opcode list in CPython's Lib/pickletools.py.
#include <deque>
#include <map>
#include <optional>

#include "spatium/base/text.h"
#include "spatium/dataset/npz.h"

namespace spatium {
namespace {

struct Value;
// Values live as long as the machine: a list can hold itself.
using ValuePtr = Value*;

struct Value {
  enum class Kind { kNone, kNumber, kText, kList, kGlobal, kType, kArray, kMark, kDict };
  Kind kind = Kind::kNone;
  double number = 0;
  std::string text;             // of kText; of kGlobal "module name"; of kType numpy's name
  std::vector<ValuePtr> items;  // of kList (lists and tuples)
  NpyArray array;
};

// A list that holds itself is no array: deeper than this is no data.
constexpr int kMaxDepth = 16;
// A pickle can name one array many times: what it spells out stays within this.
constexpr size_t kMaxNodes = size_t{1} << 22;

std::optional<NpyArray> ToArray(const Value& value, int depth, size_t& nodes) {
  if (depth > kMaxDepth || ++nodes > kMaxNodes) return std::nullopt;
  NpyArray out;
  switch (value.kind) {
    case Value::Kind::kArray:
      nodes +=
          value.array.numbers.size() / 16 + value.array.texts.size() + value.array.objects.size();
      if (nodes > kMaxNodes) return std::nullopt;
      return value.array;
    case Value::Kind::kNumber:
      out.numbers.push_back(value.number);
      return out;
    case Value::Kind::kText:
      out.texts.push_back(value.text);
      return out;
    case Value::Kind::kList:
      out.shape.push_back(value.items.size());
      for (const ValuePtr& item : value.items) {
        auto element = ToArray(*item, depth + 1, nodes);
        if (!element) return std::nullopt;
        out.objects.push_back(*std::move(element));
      }
      return out;
    default:
      return std::nullopt;
  }
}

class Machine {
 public:
  Machine(std::string_view bytes, std::string_view where) : bytes_(bytes), where_(where) {}

  Result<NpyArray> Run() {
    while (at_ < bytes_.size()) {
      const auto op = static_cast<unsigned char>(bytes_[at_++]);
      if (op == '.') {
        if (stack_.empty()) break;
        size_t nodes = 0;
        auto array = ToArray(*stack_.back(), 0, nodes);
        if (!array) return Bad("an array of numbers, strings or arrays");
        return *std::move(array);
      }
      if (!Step(op)) return Bad(StrCat("what numpy pickles, at byte ", at_ - 1));
    }
    return Bad("a whole pickle");
  }

 private:
  Error Bad(std::string expected) const {
    return {ErrorCode::kParse,
            std::string(where_),
            std::move(expected),
            StrCat(bytes_.size(), " bytes")};
  }

  ValuePtr Make(Value::Kind kind, std::string text = {}, double number = 0) {
    return &values_.emplace_back(
        Value{.kind = kind, .number = number, .text = std::move(text), .items = {}, .array = {}});
  }

  // The next n bytes; nothing past the end.
  std::optional<std::string_view> Take(uint64_t n) {
    if (n > bytes_.size() - at_) return std::nullopt;
    const std::string_view piece = bytes_.substr(at_, static_cast<size_t>(n));
    at_ += static_cast<size_t>(n);
    return piece;
  }
  std::optional<uint64_t> Unsigned(size_t size) {
    const auto piece = Take(size);
    if (!piece) return std::nullopt;
    uint64_t value = 0;
    for (size_t k = 0; k < size; ++k)
      value |= uint64_t{static_cast<unsigned char>((*piece)[k])} << (8 * k);
    return value;
  }
  std::optional<std::string_view> TakeLine() {
    const size_t end = bytes_.find('\n', at_);
    if (end == std::string_view::npos) return std::nullopt;
    const std::string_view line = bytes_.substr(at_, end - at_);
    at_ = end + 1;
    return line;
  }

  bool Push(ValuePtr value) {
    stack_.push_back(value);
    return true;
  }
  bool PushNumber(std::optional<double> number) {
    return number && Push(Make(Value::Kind::kNumber, {}, *number));
  }
  bool PushText(std::optional<uint64_t> size) {
    if (!size) return false;
    const auto piece = Take(*size);
    return piece && Push(Make(Value::Kind::kText, std::string(*piece)));
  }
  ValuePtr Pop() {
    if (stack_.empty()) return nullptr;
    const ValuePtr top = stack_.back();
    stack_.pop_back();
    return top;
  }
  // What lies above the last mark; the mark goes too.
  std::optional<std::vector<ValuePtr>> PopToMark() {
    for (size_t k = stack_.size(); k > 0; --k) {
      if (stack_[k - 1]->kind != Value::Kind::kMark) continue;
      const auto mark = stack_.begin() + static_cast<std::ptrdiff_t>(k);
      std::vector<ValuePtr> items(mark, stack_.end());
      stack_.resize(k - 1);
      return items;
    }
    return std::nullopt;
  }
  bool PushList(std::optional<std::vector<ValuePtr>> items) {
    if (!items) return false;
    ValuePtr list = Make(Value::Kind::kList);
    list->items = *std::move(items);
    return Push(list);
  }
  bool PushTuple(size_t n) {
    if (stack_.size() < n) return false;
    std::vector<ValuePtr> items(stack_.end() - static_cast<std::ptrdiff_t>(n), stack_.end());
    stack_.resize(stack_.size() - n);
    return PushList(std::move(items));
  }
  bool Remember(std::optional<uint64_t> key) {
    if (!key || stack_.empty()) return false;
    memo_[*key] = stack_.back();
    return true;
  }
  bool Recall(std::optional<uint64_t> key) {
    const auto it = key ? memo_.find(*key) : memo_.end();
    return it != memo_.end() && Push(it->second);
  }

  bool Step(unsigned char op) {
    switch (op) {
      case 0x80:  // PROTO
        return Take(1).has_value();
      case 0x95:  // FRAME
        return Take(8).has_value();
      case '(':
        return Push(Make(Value::Kind::kMark));
      case '0':
        return Pop() != nullptr;
      case 'N':
        return Push(Make(Value::Kind::kNone));
      case 0x88:
        return PushNumber(1);
      case 0x89:
        return PushNumber(0);
      case 'K':
        return PushUnsigned(1);
      case 'M':
        return PushUnsigned(2);
      case 'J':
        return PushSigned(4);
      case 0x8a: {  // LONG1
        const auto size = Unsigned(1);
        return size && *size <= 8 && PushSigned(static_cast<size_t>(*size));
      }
      case 'G': {  // BINFLOAT, big-endian
        const auto piece = Take(8);
        if (!piece) return false;
        auto element = internal::DecodeElements(">f8", {}, false, *piece, where_);
        return element && PushNumber(element->numbers[0]);
      }
      case 0x8c:
      case 'C':
      case 'U':
        return PushText(Unsigned(1));
      case 'X':
      case 'B':
      case 'T':
        return PushText(Unsigned(4));
      case 0x8d:
      case 0x8e:
        return PushText(Unsigned(8));
      case ')':
      case ']':
        return PushList(std::vector<ValuePtr>{});
      case '}':
        return Push(Make(Value::Kind::kDict));
      case 't':
      case 'l':
        return PushList(PopToMark());
      case 0x85:
      case 0x86:
      case 0x87:
        return PushTuple(static_cast<size_t>(op - 0x84));
      case 'a':
        return Append();
      case 'e':
        return Extend();
      case 'u':  // items of a dictionary: none of ours has any
        return PopToMark().has_value();
      case 'c': {
        const auto module = TakeLine(), name = TakeLine();
        return module && name && Push(Make(Value::Kind::kGlobal, StrCat(*module, " ", *name)));
      }
      case 0x93: {  // STACK_GLOBAL
        const ValuePtr name = Pop(), module = Pop();
        return module && name && Push(Make(Value::Kind::kGlobal, module->text + " " + name->text));
      }
      case 'R':
        return Reduce();
      case 'b':
        return Build();
      case 'q':
        return Remember(Unsigned(1));
      case 'r':
        return Remember(Unsigned(4));
      case 0x94:
        return Remember(memo_.size());
      case 'h':
        return Recall(Unsigned(1));
      case 'j':
        return Recall(Unsigned(4));
      default:
        return false;
    }
  }

  bool PushUnsigned(size_t size) {
    const auto value = Unsigned(size);
    return value && PushNumber(static_cast<double>(*value));
  }
  bool PushSigned(size_t size) {
    const auto value = Unsigned(size);
    if (!value || size == 0) return value && PushNumber(0);
    const int unused = static_cast<int>(64 - 8 * size);
    return PushNumber(static_cast<double>(static_cast<int64_t>(*value << unused) >> unused));
  }

  bool Append() {
    const ValuePtr item = Pop();
    if (!item || stack_.empty() || stack_.back()->kind != Value::Kind::kList) return false;
    stack_.back()->items.push_back(item);
    return true;
  }
  bool Extend() {
    const auto items = PopToMark();
    if (!items || stack_.empty() || stack_.back()->kind != Value::Kind::kList) return false;
    auto& list = stack_.back()->items;
    list.insert(list.end(), items->begin(), items->end());
    return true;
  }

  // numpy's constructors: _reconstruct makes an array to be filled by BUILD, dtype a type, scalar a
  // number; _codecs.encode is how protocol 2 writes bytes.
  bool Reduce() {
    const ValuePtr args = Pop(), function = Pop();
    if (!args || !function || args->kind != Value::Kind::kList ||
        function->kind != Value::Kind::kGlobal)
      return false;
    const std::string_view name = function->text;
    const auto& items = args->items;
    const bool numpy = name.starts_with("numpy");
    if (numpy && name.ends_with(" _reconstruct")) return Push(Make(Value::Kind::kArray));
    if (numpy && name.ends_with(" dtype") && !items.empty() && items[0]->kind == Value::Kind::kText)
      return Push(Make(Value::Kind::kType, items[0]->text));
    if (numpy && name.ends_with(" scalar") && items.size() == 2 &&
        items[0]->kind == Value::Kind::kType && items[1]->kind == Value::Kind::kText) {
      auto element = internal::DecodeElements(items[0]->text, {}, false, items[1]->text, where_);
      if (!element) return false;
      ValuePtr value = Make(Value::Kind::kArray);
      value->array = *std::move(element);
      return Push(value);
    }
    if (name == "_codecs encode" && items.size() == 2 && items[0]->kind == Value::Kind::kText) {
      const auto bytes = FromLatin1(items[0]->text);
      return bytes && Push(Make(Value::Kind::kText, *bytes));
    }
    return false;
  }

  // UTF-8 of characters below 256 to bytes.
  static std::optional<std::string> FromLatin1(std::string_view utf8) {
    std::string out;
    for (size_t i = 0; i < utf8.size(); ++i) {
      const auto c = static_cast<unsigned char>(utf8[i]);
      if (c < 0x80) {
        out += utf8[i];
      } else if ((c == 0xC2 || c == 0xC3) && i + 1 < utf8.size()) {
        out += static_cast<char>((c & 3) << 6 | (static_cast<unsigned char>(utf8[++i]) & 63));
      } else {
        return std::nullopt;
      }
    }
    return out;
  }

  // State of an array: (version, shape, type, is_fortran, bytes or list). Of a type: its byte order
  // is in its name or in the second place.
  bool Build() {
    const ValuePtr state = Pop();
    if (!state || stack_.empty()) return false;
    Value& value = *stack_.back();
    if (state->kind != Value::Kind::kList) return false;
    const auto& items = state->items;
    if (value.kind == Value::Kind::kType) {
      if (items.size() >= 2 && items[1]->kind == Value::Kind::kText && items[1]->text.size() == 1 &&
          !value.text.empty() && std::string_view("<>|=").find(value.text[0]) == std::string::npos)
        value.text = items[1]->text + value.text;
      return true;
    }
    if (value.kind != Value::Kind::kArray || items.size() != 5 ||
        items[1]->kind != Value::Kind::kList || items[2]->kind != Value::Kind::kType)
      return false;
    std::vector<size_t> shape;
    for (const ValuePtr& d : items[1]->items) {
      if (d->kind != Value::Kind::kNumber || d->number < 0 || d->number > 1e12) return false;
      shape.push_back(static_cast<size_t>(d->number));
    }
    if (items[4]->kind == Value::Kind::kText) {
      auto array = internal::DecodeElements(
          items[2]->text, std::move(shape), items[3]->number != 0, items[4]->text, where_);
      if (!array) return false;
      value.array = *std::move(array);
      return true;
    }
    if (items[4]->kind != Value::Kind::kList) return false;
    size_t nodes = 0;
    NpyArray array{.shape = std::move(shape), .numbers = {}, .texts = {}, .objects = {}};
    for (const ValuePtr& item : items[4]->items) {
      auto element = ToArray(*item, 0, nodes);
      if (!element) return false;
      array.objects.push_back(*std::move(element));
    }
    value.array = std::move(array);
    return true;
  }

  std::string_view bytes_, where_;
  size_t at_ = 0;
  std::deque<Value> values_;
  std::vector<ValuePtr> stack_;
  std::map<uint64_t, ValuePtr> memo_;
};

}  // namespace

Result<NpyArray> internal::ParseNumpyPickle(std::string_view bytes, std::string_view where) {
  return Machine(bytes, where).Run();
}

}  // namespace spatium
