// Scan2Cap: a description of one object of a ScanNet room, compared with ScanRefer's descriptions
// of it (Scan2Cap, CVPR 2021; descriptions CC BY-NC-SA 3.0, rooms ScanNet's): about 2,070 objects
// of the validation split. Official records: ScanRefer_filtered_val.json {"scene_id":
// "scene0011_00", "object_id": "7", "object_name": "chair", "ann_id": "0", "description": "a brown
// chair ...", "token": ["a", "brown", "chair", ...]}; or Video-3D-LLM's
// scan2cap_val_llava_style.json with "annotations", "gt_box" and the proposal "box_input". Chance:
// not published.
//
// m@kIoU: a caption metric over all objects, in which an object without a box of sufficient overlap
// counts as the caption "sos eos". A reply is the caption, or {"caption", "box": [cx, cy, cz, dx,
// dy, dz]}; without a box the proposal's counts, else the object is taken as given (IoU 1).
// official compares with the corpus of the authors' tokens, at more than k; Video-3D-LLM's
// normalisation, LEO's (a blank only before the dot of ". ", at least k) and Chat-Scene's (Treebank
// tokens of both sides, at least k) are shown beside it. The headline is CIDEr@0.5; strict, whose
// headline is ROUGE-L@0.5 because only there a perfect caption has 100, takes at least k and
// normalises both sides alike.
#include <algorithm>
#include <map>
#include <unordered_map>

#include "spatium/base/text.h"
#include "spatium/benchmarks/box_reply.h"
#include "spatium/benchmarks/caption_family.h"
#include "spatium/benchmarks/fields.h"
#include "spatium/benchmarks/scene_frames.h"
#include "spatium/dataset/table.h"
#include "spatium/metrics/ptb.h"
#include "spatium/metrics/robospatial.h"

namespace spatium {
namespace {

constexpr size_t kMaxTokens = 30;  // of a description in the authors' corpus
constexpr std::string_view kPlaceholder = "sos eos";

Result<std::unique_ptr<TableReader>> Open(const Path& data) {
  for (const char* name : {"ScanRefer_filtered_val.json", "scan2cap_val_llava_style.json"})
    if (std::filesystem::is_regular_file(data / name)) return OpenTable(data / name);
  return OpenSplit(data, "", "val");
}

Result<Item> ReadLlavaStyle(const Json& row, const std::string& where) {
  Item item;
  SPATIUM_TRY(item.id, NeedText(row, "id", where));
  const std::vector<std::string> texts = FieldTexts(row, "annotations");
  if (texts.empty())
    return Error{ErrorCode::kNotFound, where, "field annotations, a list of captions", "none"};
  item.gold = Json::MakeObject({{"descriptions", texts}});
  for (const std::string_view key : {"gt_box", "box_input"})
    if (const Json* box = row.Find(key)) item.gold.Set(key, *box);
  item.fields = Json::MakeObject({{"scene_id", Path(FieldText(row, "video")).filename().string()}});
  return item;
}

// One item per object, in the order of their first descriptions.
Result<void> LoadScanRefer(TableReader& table, const Path& folder, std::vector<Item>& items) {
  std::unordered_map<std::string, size_t> index;
  size_t number = 0;
  return ForEachRow(table, [&](const Json& row) -> Result<void> {
    const std::string where = StrCat(folder.string(), ": row ", number++);
    if (row.Find("conversations") != nullptr) {
      SPATIUM_TRY(Item item, ReadLlavaStyle(row, where));
      items.push_back(std::move(item));
      return {};
    }
    SPATIUM_TRY(const std::string scene, NeedText(row, "scene_id", where));
    SPATIUM_TRY(const std::string object, NeedText(row, "object_id", where));
    SPATIUM_TRY(const std::string description, NeedText(row, "description", where));
    const std::string name = FieldText(row, "object_name");
    const std::string key = StrCat(scene, "|", object, "|", name);
    const auto [it, added] = index.emplace(key, items.size());
    if (added) {
      Item& item = items.emplace_back();
      item.id = key;
      item.gold = Json::MakeObject({{"descriptions", Json::MakeArray()}});
      item.fields =
          Json::MakeObject({{"scene_id", scene}, {"object_id", object}, {"object_name", name}});
    }
    Json::Object& gold = items[it->second].gold.AsObject();
    gold[0].second.Push(description);
    std::vector<std::string> tokens = FieldTexts(row, "token");
    if (tokens.empty()) return {};
    tokens.resize(std::min(tokens.size(), kMaxTokens));
    if (added) items.back().gold.Set("corpus", Json::MakeArray());
    if (const Json* corpus = items[it->second].gold.Find("corpus"))
      items[it->second].gold.Set("corpus",
                                 Json(*corpus).Push(StrCat("sos ", Join(tokens, " "), " eos")));
    return {};
  });
}

Result<void> Load(const Path& data, const std::function<Result<void>(Item)>& sink) {
  SPATIUM_TRY(const auto table, Open(data));
  const Path folder = std::filesystem::is_directory(data) ? data : data.parent_path();
  std::vector<Item> items;
  SPATIUM_TRY_DO(LoadScanRefer(*table, folder, items));
  std::unordered_map<std::string, std::optional<std::map<int64_t, Box6>>> scenes;
  for (Item& item : items) {
    const std::string scene = FieldText(item.fields, "scene_id");
    item.task = "scan2cap";
    item.question = "describe the object in detail";
    item.answer = item.gold.Find("descriptions")->AsArray()[0].AsString();
    item.media = SceneFrames(folder, scene);
    if (item.gold.Find("gt_box") == nullptr) {
      if (!scenes.contains(scene)) {
        SPATIUM_TRY(scenes[scene], ReadSceneBoxes(folder, scene));
      }
      const auto id = ParseInt(FieldText(item.fields, "object_id"));
      if (const auto& boxes = scenes[scene]; boxes && id && boxes->contains(*id))
        item.gold.Set("gt_box",
                      Json(std::vector<double>(boxes->at(*id).begin(), boxes->at(*id).end())));
    }
    SPATIUM_TRY_DO(sink(std::move(item)));
  }
  return {};
}

// The box that the question is about: the proposal, else the gold one.
const Json* InputBox(const Item& item) {
  const Json* box = item.gold.Find("box_input");
  return box != nullptr && !box->IsNull() ? box : item.gold.Find("gt_box");
}

Prompt MakePrompt(const Item& item, Profile) {
  constexpr int kMaxReplyTokens = 512;
  const auto box = BoxOf(InputBox(item));
  std::string where = "<coord>";
  if (box) {
    std::vector<std::string> numbers;
    for (const double x : *box) numbers.push_back(FormatFixed(x, 2));
    where = StrCat("[", Join(numbers, ", "), "]");
  }
  return PicturesThenText(
      item,
      StrCat(" Given an object located at ", where, " , describe the object in detail."),
      kMaxReplyTokens);
}

// Video-3D-LLM's: blanks around dots and commas, lower case, between "sos" and "eos".
std::string Normalise(std::string_view caption) {
  const std::string spaced = ReplaceAll(ReplaceAll(std::string(caption), ".", " . "), ",", " , ");
  return StrCat("sos ", py::ToUtf8(py::Lower(py::FromUtf8(spaced))), " eos");
}

ItemScore ScoreItem(const Item& item, std::string_view reply, Profile profile) {
  std::string caption = CutCaption(reply);
  std::optional<Box6> box;
  bool has_box = false;
  if (Trim(reply).starts_with('{'))
    if (const auto json = Json::Parse(Trim(reply), "reply"))
      if (const Json* said = json->Find("caption"); said != nullptr && said->IsString()) {
        caption = CutCaption(said->AsString());
        has_box = json->Find("box") != nullptr;
        box = BoxOf(json->Find("box"));
      }
  if (profile == Profile::kStrict)
    caption = py::ToUtf8(py::Strip(RemoveThinking(py::FromUtf8(caption))));
  const auto gold = BoxOf(item.gold.Find("gt_box"));
  const Json* proposal = item.gold.Find("box_input");
  if (!has_box && proposal != nullptr) {
    has_box = true;
    box = BoxOf(proposal);
  }
  double iou = 1;
  if (has_box && gold)
    iou = !box                          ? 0
          : profile == Profile::kStrict ? PlainIou(*box, *gold)
                                        : ScanReferIou(CornersOf(*box), CornersOf(*gold));
  const bool empty = profile == Profile::kStrict && caption.empty();
  return {.outcome = empty ? Outcome::kUnparsable : Outcome::kScored,
          .score = 0,
          .parsed = Json::MakeObject({{"caption", caption}, {"iou", iou}})};
}

enum class Corpus { kOfficial, kVideo3dLlm, kLeo, kChatScene };

std::string Between(std::string_view caption) { return StrCat("sos ", caption, " eos"); }

// A found object's caption as a corpus's scorer takes it.
std::string Prediction(std::string_view caption, Corpus corpus) {
  if (corpus == Corpus::kLeo) return ReplaceAll(Between(caption), ". ", " . ");
  return corpus == Corpus::kChatScene ? PtbTokenize(Between(caption)) : Normalise(caption);
}
std::string Reference(std::string_view text, Corpus corpus) {
  return corpus == Corpus::kChatScene ? PtbTokenize(Between(text)) : Normalise(text);
}

// The corpus at one threshold; none (negative): all objects as found.
std::vector<CaptionItem> CaptionsAt(std::span<const Item> items,
                                    std::span<const ItemScore> scores,
                                    Corpus corpus,
                                    double k,
                                    bool at_least) {
  std::vector<CaptionItem> captions;
  for (size_t i = 0; i < items.size(); ++i) {
    const Json* caption = scores[i].parsed.Find("caption");
    if (caption == nullptr) continue;
    const double iou = scores[i].parsed.Find("iou")->AsDouble();
    const bool found = at_least ? iou >= k : iou > k;
    CaptionItem& out = captions.emplace_back();
    out.prediction = found ? Prediction(caption->AsString(), corpus) : std::string(kPlaceholder);
    // Video-3D-LLM has an empty caption there: "sos", two blanks, "eos".
    if (!found && corpus == Corpus::kVideo3dLlm) out.prediction = Normalise("");
    const bool has_tokens = corpus == Corpus::kOfficial || corpus == Corpus::kLeo;
    const Json* tokens = has_tokens ? items[i].gold.Find("corpus") : nullptr;
    if (tokens != nullptr)
      for (const Json& text : tokens->AsArray()) out.references.push_back(text.AsString());
    // A prediction row may give its references as "answer".
    else if (const Json* texts =
                 items[i].gold.IsArray() ? &items[i].gold : items[i].gold.Find("descriptions");
             texts != nullptr && texts->IsArray())
      for (const Json& text : texts->AsArray())
        out.references.push_back(Reference(text.IsString() ? text.AsString() : "", corpus));
    if (out.references.empty()) out.references.push_back(Reference(items[i].answer, corpus));
  }
  return captions;
}

Scores CorpusScores(std::span<const Item> items,
                    std::span<ItemScore> scores,
                    Profile profile,
                    unsigned threads) {
  const bool strict = profile == Profile::kStrict;
  const Corpus own = strict ? Corpus::kVideo3dLlm : Corpus::kOfficial;
  constexpr double kAll = -1, kLow = 0.25, kHigh = 0.5;
  std::vector<std::string> names = {"metric@0.5IoU", "metric@0.25IoU", "metric"};
  std::vector<std::vector<CaptionItem>> corpora;
  for (const double k : {kHigh, kLow, kAll})
    corpora.push_back(CaptionsAt(items, scores, own, k, strict));
  if (!strict) {
    names.emplace_back("metric@0.5IoU (Video-3D-LLM's tokens)");
    corpora.push_back(CaptionsAt(items, scores, Corpus::kVideo3dLlm, kHigh, false));
    names.emplace_back("metric@0.5IoU (LEO's tokens)");
    corpora.push_back(CaptionsAt(items, scores, Corpus::kLeo, kHigh, true));
    names.emplace_back("metric@0.5IoU (Chat-Scene's tokens)");
    corpora.push_back(CaptionsAt(items, scores, Corpus::kChatScene, kHigh, true));
  }
  if (corpora[0].empty()) return {};
  std::vector<CaptionScores> results = ScoreCaptions(corpora, threads);
  Scores extra;
  for (size_t c = 0; c < results.size(); ++c)
    extra.by.emplace_back(names[c], std::move(results[c].metrics));
  const CaptionScores& high = results[0];
  size_t next = 0;
  for (ItemScore& score : scores) {
    const Json* iou = score.parsed.Find("iou");
    if (iou == nullptr) continue;
    const size_t i = next++;
    score.score = !strict                                                         ? high.cider[i]
                  : iou->AsDouble() >= kHigh && score.outcome == Outcome::kScored ? high.rouge[i]
                                                                                  : 0;
  }
  extra.notes = {strict ? "the score is ROUGE-L@0.5IoU; CIDEr is under metric@0.5IoU"
                        : "the score is CIDEr@0.5IoU",
                 high.meteor_note};
  return extra;
}

constexpr Profile kProfiles[] = {Profile::kOfficial, Profile::kStrict};
constexpr PublishedRow kPublished[] = {
    {"Chat-Scene", 77.1, "Chat-Scene, CIDEr@0.5"},
    {"ROSS3D", 81.3, "ROSS3D, CIDEr@0.5"},
    {"GS-Reasoner", 101.0, "GS-Reasoner, CIDEr (another source of boxes)"}};

}  // namespace

const BenchmarkInfo& BenchmarkInfo_scan2cap() {
  static const BenchmarkInfo kInfo{
      .summary = "Scan2Cap, descriptions of single objects of rooms: caption metrics at IoU",
      .hub =
          "ScanRefer_filtered_val.json of ScanRefer (and boxes/SCENE.json with each room's boxes), "
          "or Video-3D-LLM's scan2cap_val_llava_style.json, into FOLDER",
      .schema =
          "confirmed: daveredrum/Scan2Cap and LaVi-Lab/Video-3D-LLM, whose <coord> is an "
          "embedding: "
          "the box as text in our prompt is ours",
      .unit = "percent",
      .profiles = kProfiles,
      .published = kPublished,
      .load = Load,
      .prompt = MakePrompt,
      .score = ScoreItem,
      .corpus = CorpusScores};
  return kInfo;
}

}  // namespace spatium
