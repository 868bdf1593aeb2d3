#include "kernel/generator/stack.h"

#include "absl/strings/str_cat.h"
#include "kernel/generator/c_layout.h"

namespace genlc::kernel {
namespace {

constexpr size_t kWord = 8;
// Of one function: the rest is for what it calls and for its other variables.
constexpr size_t kLargestRequest = 768;
constexpr size_t kLargestElement = 128;

size_t Aligned(size_t size) { return (size + kWord - 1) / kWord * kWord; }

size_t LargestSize(const Member& member) {
  if (member.is_list_in()) return 5 * kWord;  // a count, and struct genlc_elements
  switch (member.shape) {
    case Shape::kNest: return LargestSize(*member.nest);
    case Shape::kStruct: return Aligned(member.attribute->structure->size);
    case Shape::kBinary:
    case Shape::kArray: return 2 * kWord;
    default: return kWord;
  }
}

}  // namespace

size_t LargestSize(const Composite& composite) {
  size_t size = Aligned(composite.members.size() / 8 + 1);  // presence bits
  size += composite.levels.size() * kWord;
  if (composite.fixed_header != nullptr) size += Aligned(composite.fixed_header->size);
  if (composite.innermost != nullptr) size += LargestSize(*composite.innermost);
  for (const Member& member : composite.members) size += LargestSize(member);
  return size;
}

bool IsLargeRequest(const Composite* request) {
  return request != nullptr && LargestSize(*request) > kLargestRequest;
}

bool IsLargeElement(const Composite& element) { return LargestSize(element) > kLargestElement; }

std::string ElementCheck(const Composite& element, absl::string_view scratch, int depth) {
  if (IsLargeElement(element)) {
    return Wrap(absl::StrCat("err = ", element.tag, "_check("), {"attr", "extack"}, ");", depth);
  }
  return Wrap(absl::StrCat("err = ", element.tag, "_decode("),
              {"attr", "extack", std::string(scratch)}, ");", depth);
}

std::string ElementCheckHead(const Composite& element, absl::string_view qualifiers,
                             absl::string_view tail) {
  return Function(absl::StrCat("static int", qualifiers), absl::StrCat(element.tag, "_check"),
                  {"const struct nlattr *nest", "struct netlink_ext_ack *extack"}, tail);
}

void EmitElementCheck(Printer& p, const Composite& element, absl::string_view qualifiers) {
  p.Blank();
  p.Emit({{"head", ElementCheckHead(element, qualifiers, ")")}, {"tag", element.tag}},
         R"(
    $head$
    {
    	struct $tag$ *value;
    	int err = -ENOMEM;

    	/* Elements are read with nowhere to complain: they have been checked. */
    	if (!extack)
    		return 0;
    	value = genlc_request_alloc(sizeof(*value));
    	if (value)
    		err = $tag$_decode(nest, extack, value);
    	kvfree(value);
    	return err;
    }
  )");
}

void EmitAllocation(Printer& p, const Composite& request, absl::string_view outer,
                    absl::string_view inner, const std::vector<std::string>& parameters,
                    const std::vector<std::string>& arguments) {
  std::vector<std::string> all = arguments;
  all.push_back("req");
  p.Blank();
  p.Emit({{"head", Function("static int", outer, parameters, ")")},
          {"tag", request.tag},
          {"call", Wrap(absl::StrCat("err = ", inner, "("), all, ");", 2)}},
         R"(
    $head$
    {
    	struct $tag$ *req;
    	int err = -ENOMEM;

    	/* It is too large for the stack. */
    	req = genlc_request_alloc(sizeof(*req));
    	if (req)
    		$call$
    	kvfree(req);
    	return err;
    }
  )");
}

}  // namespace genlc::kernel
