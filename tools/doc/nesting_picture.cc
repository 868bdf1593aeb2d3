#include "tools/doc/nesting_picture.h"

#include <algorithm>
#include <map>
#include <set>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"

namespace genlc {
namespace {

// In pixels.
constexpr int kRow = 36;
constexpr int kBoxHeight = 26;
constexpr int kGap = 90;
constexpr int kCharacter = 8;
constexpr int kMargin = 10;

struct Node {
  std::string label;
  std::string description;  // "operation" or "set"
  int column = 0;
  int row = 0;
};

struct Edge {
  int from = 0;
  int to = 0;
  std::vector<std::string> attributes;
};

class Graph {
 public:
  explicit Graph(const Family& family) {
    for (const auto& operation : family.operations) AddOperation(*operation);
    Arrange();
  }

  bool empty() const { return edges_.empty(); }
  std::string Svg() const;
  std::string Words() const;

 private:
  void AddOperation(const Operation& operation) {
    std::optional<int> node;
    for (const Message* message : operation.messages()) {
      for (const Field& field : message->fields) {
        for (const AttributeSet* set : SetsInside(*field.attribute)) {
          if (!node) node = AddNode(operation.name, "operation");
          Connect(*node, SetNode(*set), field.attribute->name);
        }
      }
    }
  }

  int AddNode(const std::string& label, const std::string& description) {
    nodes_.push_back({label, description});
    return static_cast<int>(nodes_.size()) - 1;
  }

  int SetNode(const AttributeSet& set) {
    const auto found = sets_.find(&set);
    if (found != sets_.end()) return found->second;
    const int node = AddNode(set.name, "set");
    sets_[&set] = node;
    for (const auto& attribute : set.attributes) {
      for (const AttributeSet* inner : SetsInside(*attribute)) {
        Connect(node, SetNode(*inner), attribute->name);
      }
    }
    return node;
  }

  void Connect(int from, int to, const std::string& attribute) {
    for (Edge& edge : edges_) {
      if (edge.from != from || edge.to != to) continue;
      if (std::find(edge.attributes.begin(), edge.attributes.end(), attribute) ==
          edge.attributes.end()) {
        edge.attributes.push_back(attribute);
      }
      return;
    }
    edges_.push_back({from, to, {attribute}});
  }

  // Longest path from an operation; edges that lead back are left out of account.
  void Arrange() {
    std::vector<std::vector<int>> out(nodes_.size());
    for (const Edge& edge : edges_) out[edge.from].push_back(edge.to);
    std::vector<int> state(nodes_.size(), 0);
    std::vector<int> order;
    const auto visit = [&](const auto& self, int node) -> void {
      state[node] = 1;
      for (int& next : out[node]) {
        if (state[next] == 1) {
          next = -1;  // leads back
        } else if (state[next] == 0) {
          self(self, next);
        }
      }
      state[node] = 2;
      order.push_back(node);
    };
    for (size_t i = 0; i < nodes_.size(); ++i) {
      if (state[i] == 0) visit(visit, static_cast<int>(i));
    }
    std::reverse(order.begin(), order.end());
    for (int node : order) {
      for (int next : out[node]) {
        if (next >= 0) {
          nodes_[next].column = std::max(nodes_[next].column, nodes_[node].column + 1);
        }
      }
    }
    std::map<int, int> rows;
    for (Node& node : nodes_) node.row = rows[node.column]++;
  }

  std::vector<Node> nodes_;
  std::vector<Edge> edges_;
  std::map<const AttributeSet*, int> sets_;
};

std::string Graph::Svg() const {
  std::map<int, int> widths;
  int rows = 0;
  for (const Node& node : nodes_) {
    int& width = widths[node.column];
    width = std::max(width, static_cast<int>(node.label.size()) * kCharacter + 20);
    rows = std::max(rows, node.row + 1);
  }
  std::map<int, int> left;  // edge of each column
  int x = kMargin;
  for (const auto& [column, width] : widths) {
    left[column] = x;
    x += width + kGap;
  }
  const auto top = [](const Node& node) { return kMargin + node.row * kRow; };
  const int height = 2 * kMargin + rows * kRow;
  const int width = x - kGap + kMargin;
  std::string svg = absl::StrFormat(
      "<svg viewBox=\"0 0 %d %d\" width=\"%d\" "
      "height=\"%d\" role=\"img\">\n<title>How messages and attribute sets nest</title>\n",
      width, height, width, height);
  for (const Edge& edge : edges_) {
    const Node& from = nodes_[edge.from];
    const Node& to = nodes_[edge.to];
    const int x1 = left[from.column] + widths[from.column];
    const int y1 = top(from) + kBoxHeight / 2;
    const int x2 = left[to.column];
    const int y2 = top(to) + kBoxHeight / 2;
    absl::StrAppendFormat(
        &svg, "<path class=\"edge\" d=\"M%d %d C%d %d %d %d %d %d\"><title>%s</title></path>\n", x1,
        y1, x1 + kGap / 2, y1, x2 - kGap / 2, y2, x2 - 4, y2, absl::StrJoin(edge.attributes, ", "));
    absl::StrAppendFormat(&svg, "<path class=\"head\" d=\"M%d %d l-7 -4 v8 z\"/>\n", x2, y2);
  }
  for (const Node& node : nodes_) {
    const int radius = node.description == "set" ? 4 : kBoxHeight / 2;
    absl::StrAppendFormat(
        &svg,
        "<rect class=\"box\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"%d\"/>\n"
        "<text x=\"%d\" y=\"%d\">%s</text>\n",
        left[node.column], top(node), widths[node.column], kBoxHeight, radius,
        left[node.column] + 10, top(node) + kBoxHeight - 9, node.label);
  }
  return svg + "</svg>\n";
}

std::string Graph::Words() const {
  std::string out;
  for (const Edge& edge : edges_) {
    absl::StrAppend(&out, nodes_[edge.from].label, " -> ", nodes_[edge.to].label, " (",
                    absl::StrJoin(edge.attributes, ", "), ")\n");
  }
  return out;
}

}  // namespace

std::optional<Picture> NestingPicture(const Family& family) {
  const Graph graph(family);
  if (graph.empty()) return std::nullopt;
  return Picture{graph.Svg(), graph.Words()};
}

}  // namespace genlc
