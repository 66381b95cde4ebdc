#include "spatium/base/options.h"

#include <CLI/CLI.hpp>
#include <charconv>

#include "spatium/base/text.h"

namespace spatium {
namespace {

template <class T>
struct IsOptional : std::false_type {};
template <class T>
struct IsOptional<std::optional<T>> : std::true_type {};
template <class T>
struct IsVector : std::false_type {};
template <class T>
struct IsVector<std::vector<T>> : std::true_type {};

// CLI11 reads paths as strings; Path itself has no stream operator that keeps spaces.
template <class T>
Json ValueOf(const T& value) {
  if constexpr (IsOptional<T>::value)
    return value ? ValueOf(*value) : Json();
  else if constexpr (IsVector<T>::value) {
    Json list = Json::MakeArray();
    for (const auto& item : value) list.Push(ValueOf(item));
    return list;
  } else if constexpr (std::is_same_v<T, Path>)
    return Json(value.string());
  else
    return Json(value);
}

template <class T>
bool ReadOne(const std::string& text, T& out) {
  if constexpr (std::is_same_v<T, std::string>) {
    out = text;
    return true;
  } else if constexpr (std::is_same_v<T, Path>) {
    out = Path(text);
    return !text.empty();
  } else if constexpr (std::is_same_v<T, double>) {
    const auto value = ParseDouble(text);
    if (value) out = *value;
    return value.has_value();
  } else if constexpr (std::is_same_v<T, uint64_t>) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
    return error == std::errc{} && end == text.data() + text.size();
  } else {
    const auto value = ParseInt(text);
    if (!value || !std::in_range<T>(*value)) return false;
    out = static_cast<T>(*value);
    return true;
  }
}

template <class T>
constexpr std::string_view KindOf() {
  if constexpr (std::is_same_v<T, std::string>)
    return "TEXT";
  else if constexpr (std::is_same_v<T, Path>)
    return "PATH";
  else if constexpr (std::is_same_v<T, double>)
    return "NUMBER";
  else if constexpr (std::is_unsigned_v<T>)
    return "INTEGER>=0";
  else
    return "INTEGER";
}

// Checks range and choices; the error text, or nothing.
template <class T>
std::string Violation(const OptionList::Field& field, const T& value) {
  if constexpr (std::is_arithmetic_v<T>) {
    const auto x = static_cast<double>(value);
    if ((field.min && x < *field.min) || (field.max && x > *field.max))
      return StrCat("a number",
                    field.min ? StrCat(" from ", *field.min) : "",
                    field.max ? StrCat(" to ", *field.max) : "");
  } else if constexpr (std::is_same_v<T, std::string>) {
    if (!field.choices.empty() &&
        std::find(field.choices.begin(), field.choices.end(), value) == field.choices.end()) {
      const auto near = NearestName(value, field.choices);
      return StrCat(
          "one of ", Join(field.choices, ", "), near ? StrCat(" (did you mean ", *near, "?)") : "");
    }
  }
  return "";
}

template <class T>
std::string Store(const OptionList::Field& field,
                  const std::vector<std::string>& texts,
                  T* target) {
  if constexpr (IsVector<T>::value) {
    T values;
    for (const std::string& text : texts) {
      const auto pieces =
          field.comma_separated ? Split(text, ',') : std::vector<std::string_view>{text};
      for (const std::string_view piece : pieces) {
        typename T::value_type value{};
        if (!ReadOne(std::string(piece), value))
          return std::string(KindOf<typename T::value_type>());
        if (std::string bad = Violation(field, value); !bad.empty()) return bad;
        values.push_back(std::move(value));
      }
    }
    *target = std::move(values);
    return "";
  } else if constexpr (IsOptional<T>::value) {
    typename T::value_type value{};
    if (std::string bad = Store(field, texts, &value); !bad.empty()) return bad;
    *target = std::move(value);
    return "";
  } else {
    T value{};
    if (!ReadOne(texts.back(), value)) return std::string(KindOf<T>());
    if (std::string bad = Violation(field, value); !bad.empty()) return bad;
    *target = std::move(value);
    return "";
  }
}

std::string FieldHelp(const OptionList::Field& field) {
  std::string help = field.help;
  if (!field.choices.empty()) help += StrCat(" (", Join(field.choices, ", "), ")");
  const Json value = std::visit([](auto* target) { return ValueOf(*target); }, field.target);
  const bool plain = value.IsNumber() || (value.IsString() && !value.AsString().empty());
  if (plain && !field.required)
    help += StrCat(" [", value.IsString() ? value.AsString() : value.Dump(), "]");
  return help;
}

}  // namespace

OptionList::Field& OptionList::Positional(std::string name, Target target, std::string help) {
  fields_.push_back(
      {.name = std::move(name), .target = target, .help = std::move(help), .required = true});
  return fields_.back();
}

OptionList::Field& OptionList::Flag(std::string name, Target target, std::string help) {
  fields_.push_back({.name = std::move(name), .target = target, .help = std::move(help)});
  return fields_.back();
}

Json OptionList::Values() const {
  Json values = Json::MakeObject({});
  for (const Field& field : fields_) {
    const std::string name = field.name.substr(
        field.name.rfind(',') == std::string::npos ? 0 : field.name.rfind(',') + 1);
    values.Set(name.substr(std::min(name.find_first_not_of('-'), name.size())),
               std::visit([](auto* target) { return ValueOf(*target); }, field.target));
  }
  return values;
}

Result<ParsedOptions> ParseOptions(std::string_view command,
                                   std::string_view summary,
                                   std::string_view example,
                                   const OptionList& options,
                                   std::span<const std::string> args) {
  CLI::App app{std::string(summary), "spatium " + std::string(command)};
  app.footer(StrCat("Example:\n  ", example));
  std::vector<std::pair<const OptionList::Field*, CLI::Option*>> bound;
  std::vector<std::vector<std::string>> texts(options.fields().size());
  std::vector<std::string> known = {"--help"};
  for (size_t i = 0; i < options.fields().size(); ++i) {
    const OptionList::Field& field = options.fields()[i];
    for (const std::string_view alias : Split(field.name, ','))
      if (alias.starts_with("--")) known.emplace_back(alias);
    if (auto* const* flag = std::get_if<bool*>(&field.target)) {
      app.add_flag(field.name, **flag, FieldHelp(field));
      continue;
    }
    CLI::Option* option = app.add_option(field.name, texts[i], FieldHelp(field));
    const bool list = std::holds_alternative<std::vector<std::string>*>(field.target) ||
                      std::holds_alternative<std::vector<Path>*>(field.target);
    option->allow_extra_args(list && !field.comma_separated);
    if (!list || field.comma_separated) option->expected(1);
    option->type_name(std::visit(
        [](auto* t) {
          using T = std::remove_pointer_t<decltype(t)>;
          if constexpr (IsVector<T>::value || IsOptional<T>::value)
            return std::string(KindOf<typename T::value_type>());
          else if constexpr (std::is_same_v<T, bool>)
            return std::string();
          else
            return std::string(KindOf<T>());
        },
        field.target));
    option->required(field.required);
    bound.emplace_back(&field, option);
  }
  std::vector<std::string> reversed(args.rbegin(), args.rend());
  const std::string where = "spatium " + std::string(command);
  try {
    app.parse(reversed);
  } catch (const CLI::CallForHelp&) {
    return ParsedOptions{.help = app.help()};
  } catch (const CLI::ExtrasError&) {
    for (const std::string& extra : app.remaining()) {
      const auto near = extra.starts_with("--") ? NearestName(extra, known) : std::nullopt;
      return Error{ErrorCode::kUsage,
                   where,
                   near ? "known flags (did you mean " + *near + "?)"
                        : "known flags and arguments (see --help)",
                   extra};
    }
    return Error{ErrorCode::kUsage, where, "known flags", "others"};
  } catch (const CLI::RequiredError& e) {
    for (const auto& [field, option] : bound)
      if (field->required && option->count() == 0)
        return Error{
            ErrorCode::kUsage, where, StrCat(field->name, ", ", FieldHelp(*field)), "nothing"};
    return Error{ErrorCode::kUsage, where, "flags as --help lists them", e.what()};
  } catch (const CLI::ParseError& e) {
    return Error{ErrorCode::kUsage, where, "flags as --help lists them", e.what()};
  }
  for (const auto& [field, option] : bound) {
    if (option->count() == 0) continue;
    const size_t i = static_cast<size_t>(field - options.fields().data());
    std::string bad = std::visit(
        [&, f = field](auto* target) -> std::string {
          if constexpr (std::is_same_v<decltype(target), bool*>)
            return "";
          else
            return Store(*f, texts[i], target);
        },
        field->target);
    if (!bad.empty())
      return Error{ErrorCode::kUsage,
                   where + " " + field->name,
                   std::move(bad),
                   Quote(texts[i].empty() ? "" : texts[i].back())};
  }
  return ParsedOptions{};
}

}  // namespace spatium
