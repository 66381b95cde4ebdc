// spatium list: the entries of every registry.
#include <algorithm>

#include "spatium/base/text.h"
#include "spatium/benchmarks/benchmark.h"
#include "spatium/chat/backend.h"
#include "spatium/commands/command.h"
#include "spatium/metrics/metric.h"
#include "spatium/qa/task.h"
#include "spatium/readers/reader.h"

namespace spatium {
namespace {

struct Options {
  std::string kind;
};
void Describe(Options& o, OptionList& list) {
  list.Positional("KIND", &o.kind, "what to list").choices = {
      "tasks", "readers", "benchmarks", "models", "backends", "metrics"};
}

template <class Entries, class More>
Json Rows(const Entries& entries, const More& more) {
  Json rows = Json::MakeArray();
  for (const auto& entry : entries) {
    Json row = Json::MakeObject({{"name", entry.name}, {"summary", entry.info().summary}});
    more(entry, row);
    rows.Push(std::move(row));
  }
  return rows;
}

Json TaskRows() {
  return Rows(Tasks(), [](const TaskEntry& entry, Json& row) {
    const TaskInfo& info = entry.info();
    Json modalities = Json::MakeArray(), formats = Json::MakeArray();
    Json templates = Json::MakeObject({});
    for (const auto modality : info.modalities) modalities.Push(modality);
    for (const TaskFormat& format : info.formats) {
      formats.Push(Name(format.format));
      templates.Set(Name(format.format), format.questions.size());
    }
    row.Set("modalities", std::move(modalities));
    row.Set("formats", std::move(formats));
    row.Set("templates", std::move(templates));
  });
}

Json ReaderRows() {
  return Rows(Readers(), [](const ReaderEntry& entry, Json& row) {
    row.Set("example", entry.info().example);
  });
}

Json BenchmarkRows() {
  return Rows(Benchmarks(), [](const BenchmarkEntry& entry, Json& row) {
    const BenchmarkInfo& info = entry.info();
    row.Set("name", CommandLineName(entry));
    Json profiles = Json::MakeArray();
    for (const Profile profile : info.profiles) profiles.Push(Name(profile));
    row.Set("profiles", std::move(profiles));
    Json forms = Json::MakeArray();
    for (const PromptForm& form : info.forms) forms.Push(form.name);
    row.Set("prompts", std::move(forms));
    row.Set("hub", info.hub);
    row.Set("schema", info.schema);
    row.Set("unit", info.unit);
  });
}

Json BackendRows() {
  return Rows(Backends(),
              [](const BackendEntry& entry, Json& row) { row.Set("uri", entry.info().uri); });
}

Json MetricRows() {
  return Rows(Metrics(), [](const MetricEntry& entry, Json& row) {
    Json tasks = Json::MakeArray();
    for (const auto& task : entry.info().tasks) tasks.Push(task.name);
    row.Set("tasks", std::move(tasks));
  });
}

// Local models come with the nn plug-in, which this build does not have.
Json ModelRows() { return Json::MakeArray(); }

Result<int> Run(const Options& o, Output& out) {
  const Json rows = o.kind == "tasks"        ? TaskRows()
                    : o.kind == "readers"    ? ReaderRows()
                    : o.kind == "benchmarks" ? BenchmarkRows()
                    : o.kind == "backends"   ? BackendRows()
                    : o.kind == "metrics"    ? MetricRows()
                                             : ModelRows();
  if (out.json()) {
    out.Print(rows);
    return 0;
  }
  size_t width = 0;
  for (const Json& row : rows.AsArray())
    width = std::max(width, row.Find("name")->AsString().size());
  for (const Json& row : rows.AsArray()) {
    const std::string& name = row.Find("name")->AsString();
    out.Line(
        StrCat(name, std::string(width + 2 - name.size(), ' '), row.Find("summary")->AsString()));
  }
  return 0;
}

}  // namespace

const CommandInfo& CommandInfo_list() {
  static constexpr CommandInfo kInfo{.summary = "tasks, readers, benchmarks, backends, metrics",
                                     .example = "spatium list readers --json",
                                     .run = RunCommand<Options, Describe, Run>};
  return kInfo;
}

}  // namespace spatium
