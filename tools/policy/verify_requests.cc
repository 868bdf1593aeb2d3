// The attributes of requests, and those inside of others.
#include "family/diag/catalogue/kernel_differs.h"
#include "family/diag/catalogue/kernel_lacks.h"
#include "family/diag/catalogue/kernel_more.h"
#include "family/diag/catalogue/kernel_silent.h"
#include "tools/policy/verification.h"

namespace genlc {
namespace {

// Whether the attribute only holds its number.
bool IsReserved(const Attribute& attribute) {
  return attribute.type == AttributeType::kUnused || attribute.type == AttributeType::kPad;
}

const Attribute* FindNumber(const AttributeSet* set, uint32_t number) {
  if (set == nullptr) return nullptr;
  for (const auto& attribute : set->attributes) {
    if (attribute->number == number && !IsReserved(*attribute)) return attribute.get();
  }
  return nullptr;
}

// See genl::PolicySet for what a kernel does not tell. Behind the last that it tells there may be
// none at all.
bool MayBeHidden(const Attribute& attribute, const genl::PolicySet& set, bool strict) {
  const int bits = BitWidth(attribute.type);
  if (attribute.is_big_endian() && (bits == 16 || bits == 32)) return true;
  return !strict && !set.empty() && attribute.number < set.back().number;
}

class RequestVerifier {
 public:
  RequestVerifier(Verification& v, const VerifiedUse& use)
      : v_(v),
        use_(use),
        set_(v.kernel().Set(use.index)),
        strict_(!use.operation->dont_validate_strict) {}

  void Run() {
    const Message& request = use_.exchange->request;
    if (set_ == nullptr) {
      if (!request.fields.empty()) v_.Report(kSilentRequest, use_.span(), use_.place());
      return;
    }
    for (const Field& field : request.fields) {
      if (IsReserved(*field.attribute)) continue;
      v_.SetListed(field.span);
      AddField(*field.attribute, field.span);
    }
    v_.SetListed({});
    for (const genl::AttributePolicy& kernel : *set_) {
      if (!IsSaid(kernel.number)) AddMore(kernel.number);
    }
  }

 private:
  void AddField(const Attribute& attribute, SourceSpan span) {
    const std::string place = absl::StrCat(use_.place(), ".", attribute.name);
    const auto* kernel = genl::FindAttribute(*set_, static_cast<uint16_t>(attribute.number));
    if (kernel != nullptr) {
      AddAttribute(attribute, *kernel);
    } else if (MayBeHidden(attribute, *set_, strict_)) {
      v_.Report(kSilentAttribute, span, place);
    } else {
      v_.Report(kLacksAttribute, span, place);
    }
  }

  void AddMore(uint16_t number) {
    const Attribute* known = FindNumber(use_.operation->set, number);
    if (known != nullptr) {
      v_.Report(kNotListed, use_.span(), absl::StrCat(use_.place(), ".", known->name));
    } else {
      v_.Report(kMoreAttribute, use_.span(), use_.place(), number);
    }
  }

  // Whether a request to which the kernel gives the same policy lists an attribute of this number.
  bool IsSaid(uint16_t number) const {
    for (const auto& operation : v_.family().operations) {
      const genl::OperationPolicy* kernel = v_.kernel().Find(operation->number);
      if (kernel == nullptr) continue;
      // Of a `dump` that is not validated the kernel tells no policy, though the `do` has the same.
      const bool same = operation.get() == use_.operation;
      if ((same || kernel->do_set == use_.index) && Lists(operation->do_exchange, number))
        return true;
      if ((same || kernel->dump_set == use_.index) && Lists(operation->dump, number)) return true;
    }
    return false;
  }

  static bool Lists(const std::optional<Exchange>& exchange, uint16_t number) {
    if (!exchange) return false;
    for (const Field& field : exchange->request.fields) {
      if (field.attribute->number == number && !IsReserved(*field.attribute)) return true;
    }
    return false;
  }

  void AddAttribute(const Attribute& attribute, const genl::AttributePolicy& kernel) {
    const SourceSpan span = attribute.places.Of("type", attribute.span);
    const std::string place = Verification::PlaceOf(attribute);
    const std::string type(TypeName(attribute.type));
    switch (FitOf(attribute, kernel)) {
      case TypeFit::kOther:
        v_.Report(kDiffersType, span, place, type, TypeText(kernel.type));
        return;
      case TypeFit::kSilent: v_.Report(kSilentType, span, place, type); return;
      case TypeFit::kSame: break;
    }
    VerifyLimits(v_, attribute, kernel);
    AddInside(attribute, kernel);
  }

  void AddInside(const Attribute& attribute, const genl::AttributePolicy& kernel) {
    const bool nest = attribute.type == AttributeType::kNest ||
                      attribute.type == AttributeType::kIndexedArray ||
                      attribute.type == AttributeType::kNestTypeValue;
    if (!nest) return;
    const genl::PolicySet* inside = v_.kernel().Set(kernel.nested);
    if (inside == nullptr || attribute.nested == nullptr) {
      v_.Report(kSilentNest, attribute.span, Verification::PlaceOf(attribute));
      return;
    }
    if (!v_.IsDone(*attribute.nested, *kernel.nested)) AddSet(*attribute.nested, *inside);
  }

  void AddSet(const AttributeSet& set, const genl::PolicySet& kernel) {
    for (const auto& attribute : set.attributes) {
      if (IsReserved(*attribute)) continue;
      const auto* known = genl::FindAttribute(kernel, static_cast<uint16_t>(attribute->number));
      const std::string place = Verification::PlaceOf(*attribute);
      if (known != nullptr) {
        AddAttribute(*attribute, *known);
      } else if (MayBeHidden(*attribute, kernel, strict_)) {
        v_.Report(kSilentAttribute, attribute->span, place);
      } else {
        v_.Report(kLacksNestedAttribute, attribute->span, place);
      }
    }
    for (const genl::AttributePolicy& known : kernel) {
      if (FindNumber(&set, known.number) != nullptr) continue;
      v_.Report(kMoreNestedAttribute, set.span, set.name, known.number);
    }
  }

  Verification& v_;
  const VerifiedUse& use_;
  const genl::PolicySet* const set_;  // null: the kernel does not say
  const bool strict_;
};

}  // namespace

void VerifyRequest(Verification& verification, const VerifiedUse& use) {
  RequestVerifier(verification, use).Run();
}

}  // namespace genlc
