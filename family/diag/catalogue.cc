#include "family/diag/catalogue.h"

#include "absl/strings/match.h"

namespace genlc {

const std::vector<const DiagnosticInfo*>& Catalogue() {
  static const auto* const kCatalogue = new std::vector<const DiagnosticInfo*>{
      // Text and YAML.
      &kEmptyFile.info,
      &kNotUtf8.info,
      &kYamlSyntax.info,
      &kSeveralDocuments.info,
      &kTooDeep.info,
      &kTooManyNodes.info,
      &kDuplicateKey.info,
      &kUnknownAnchor.info,
      &kAnchorOfItself.info,
      &kTagNotAllowed.info,
      &kFileTooLarge.info,
      &kNoSpdxLine.info,
      &kControlCharacter.info,
      &kKeyNotScalar.info,
      &kTooManyDiagnostics.info,
      // Keys and values.
      &kMissingKey.info,
      &kWrongType.info,
      &kUnknownKey.info,
      &kKeyOfOtherLevel.info,
      &kUnknownWord.info,
      &kWordOfOtherLevel.info,
      &kBadName.info,
      &kAmbiguousScalar.info,
      &kOddInteger.info,
      &kExcludedKey.info,
      &kEmptyList.info,
      &kEmptyText.info,
      &kKeyNotForDefinition.info,
      &kOldName.info,
      // Names.
      &kUnknownSet.info,
      &kUnknownAttribute.info,
      &kUnknownEnum.info,
      &kUnknownConstant.info,
      &kUnknownGroup.info,
      &kUnknownNotifyTarget.info,
      &kUnknownStruct.info,
      &kUnknownSubMessage.info,
      &kUnknownSelector.info,
      &kWrongDefinition.info,
      &kSubsetOfItself.info,
      &kSubsetOfSubset.info,
      &kSubsetOverride.info,
      &kDuplicateName.info,
      &kListedTwice.info,
      &kStructOfItself.info,
      &kListedInVain.info,
      // Numbers.
      &kNumberTooLong.info,
      &kAttributeNumber.info,
      &kCommandNumber.info,
      &kDuplicateNumber.info,
      &kEntryTooLarge.info,
      &kFlagBit.info,
      &kTypeTooNarrow.info,
      &kNumberOutOfRange.info,
      &kTooManyGroups.info,
      &kTooManyHandlers.info,
      // Attributes and their policies.
      &kCheckNotForType.info,
      &kKeyNotForType.info,
      &kLimitsCross.info,
      &kLimitOutsideType.info,
      &kExactWithBound.info,
      &kLimitOutsideEnum.info,
      &kNegativeLimit.info,
      &kLimitIsText.info,
      &kIncompleteType.info,
      &kBadSubType.info,
      &kMaskTooWide.info,
      &kLengthOutOfRange.info,
      &kMultiNotForType.info,
      &kFieldNotCarried.info,
      &kEndlessNest.info,
      &kEnumAsFlagsAlone.info,
      &kLimitOfFlags.info,
      &kZeroLength.info,
      &kPartialElement.info,
      // Operations.
      &kMixedOperation.info,
      &kNotifyWithoutReply.info,
      &kOperationWithoutSet.info,
      &kGroupWithoutNotification.info,
      &kValidateWithoutMode.info,
      &kKeyNotForNotification.info,
      &kNameTooLong.info,
      &kBothPermissions.info,
      &kNotifyOfNotification.info,
      &kDumpWithoutReply.info,
      // C names.
      &kNameCollision.info,
      &kNotAnIdentifier.info,
      &kKeyword.info,
      &kHeaderPath.info,
      &kNameBeginsWithDigit.info,
      &kStringNotPrintable.info,
      &kConfigPrefix.info,
      // Profile.
      &kProfileUnknownName.info,
      &kProfileUnknownMessage.info,
      &kRequiredNotListed.info,
      &kDefaultNotForType.info,
      &kDefaultOutOfRange.info,
      &kDefaultOfRequired.info,
      &kKeyNotScalarAttribute.info,
      &kModuleLicense.info,
      &kModuleName.info,
      &kSensitiveAndRequired.info,
      &kHookInSpec.info,
      &kObjectNotAType.info,
      &kWatchNotPossible.info,
      &kWatchKeyNotListed.info,
      &kWatchOtherMessage.info,
      &kWatchNeverTrue.info,
      // Back ends.
      &kNotExpressible.info,
      // Lint.
      &kLintSmallInteger.info,
      &kLintIndexedArray.info,
      &kLintUnused.info,
      &kLintNoGroup.info,
      &kLintPad.info,
      &kLintEvent.info,
      &kLintUndocumented.info,
      &kLintSparseEnum.info,
      &kLintUnbounded.info,
      // Breaking changes: wire.
      &kBreakFamilyName.info,
      &kBreakProtocol.info,
      &kBreakVersion.info,
      &kBreakOperationGone.info,
      &kBreakOperationNumber.info,
      &kBreakReplyNumber.info,
      &kBreakModeGone.info,
      &kBreakReplyGone.info,
      &kBreakFixedHeader.info,
      &kBreakNotificationGroup.info,
      &kBreakAttributeGone.info,
      &kBreakAttributeNumber.info,
      &kBreakAttributeType.info,
      &kBreakByteOrder.info,
      &kBreakMulti.info,
      &kBreakLevels.info,
      &kBreakFlags.info,
      &kBreakSelector.info,
      &kBreakFormatGone.info,
      &kBreakFormat.info,
      &kBreakEntryGone.info,
      &kBreakEntryValue.info,
      &kBreakMemberGone.info,
      &kBreakMemberOffset.info,
      &kBreakMemberType.info,
      &kBreakStructSize.info,
      &kBreakGroupGone.info,
      &kBreakGroupNumber.info,
      &kBreakNotSent.info,
      &kBreakNotAlwaysSent.info,
      &kBreakSubset.info,
      // Breaking changes: policy.
      &kBreakRequired.info,
      &kBreakRequiredInNest.info,
      &kBreakNotTaken.info,
      &kBreakMin.info,
      &kBreakMax.info,
      &kBreakMask.info,
      &kBreakMinLength.info,
      &kBreakMaxLength.info,
      &kBreakTerminated.info,
      &kBreakOperationPermission.info,
      &kBreakGroupPermission.info,
      &kBreakValidation.info,
      &kBreakDefault.info,
      &kBreakCondition.info,
      &kBreakAudience.info,
      // Breaking changes: uAPI.
      &kBreakConstantName.info,
      &kBreakEntryName.info,
      &kBreakAttributeName.info,
      &kBreakCommandName.info,
      &kBreakGroupName.info,
      &kBreakTag.info,
      &kBreakFamilyMacro.info,
      &kBreakBoundName.info,
      &kBreakConstantValue.info,
      &kBreakHeaderPath.info,
      &kBreakValue.info,
      &kBreakPrefix.info,
      // Breaking changes: C++.
      &kBreakFamilyInCpp.info,
      &kBreakOperationInCpp.info,
      &kBreakAttributeInCpp.info,
      &kBreakSetInCpp.info,
      &kBreakEnumInCpp.info,
      &kBreakEntryInCpp.info,
      &kBreakStructInCpp.info,
      &kBreakMemberInCpp.info,
      &kBreakGroupInCpp.info,
      &kBreakTypeInCpp.info,
      &kBreakPresenceInCpp.info,
      &kBreakReplyInCpp.info,
      &kBreakDumpInCpp.info,
      &kBreakOrderInCpp.info,
      &kBreakConstantInCpp.info,
    &kBreakWatchInCpp.info,
    &kBreakWatchKeyInCpp.info,
      // Breaking changes on purpose.
      &kUnknownBreak.info,
      &kAllowedInVain.info,
      &kUnknownLint.info,
      &kLintAllowedInVain.info,
      // What the running kernel lacks.
      &kLacksOperation.info,
      &kLacksMode.info,
      &kLacksAttribute.info,
      &kLacksNestedAttribute.info,
      &kLacksGroup.info,
      // What the spec lacks.
      &kMoreOperation.info,
      &kMoreMode.info,
      &kMoreAttribute.info,
      &kNotListed.info,
      &kMoreNestedAttribute.info,
      &kMoreGroup.info,
      // Contradictions of spec and kernel.
      &kDiffersVersion.info,
      &kDiffersHeader.info,
      &kDiffersPermission.info,
      &kDiffersType.info,
      &kDiffersMin.info,
      &kDiffersMax.info,
      &kDiffersMask.info,
      &kDiffersMinLength.info,
      &kDiffersMaxLength.info,
      &kDiffersTerminated.info,
      // What the kernel does not say.
      &kSilentRequest.info,
      &kSilentNest.info,
      &kSilentAttribute.info,
      &kSilentLimits.info,
      &kSilentType.info,
      &kSilentGroup.info,
      &kSilentProtocol.info,
  };
  return *kCatalogue;
}

const DiagnosticInfo* FindDiagnostic(absl::string_view id) {
  for (const DiagnosticInfo* info : Catalogue()) {
    if (absl::EqualsIgnoreCase(info->id, id)) return info;
  }
  return nullptr;
}

bool IsBreak(const DiagnosticInfo& info) {
  const absl::string_view hundred = absl::string_view(info.id).substr(0, 4);
  return hundred >= "GL10" && hundred <= "GL13";
}

bool IsLint(const DiagnosticInfo& info) {
  return absl::StartsWith(info.id, "GL09");
}

bool IsAboutKernel(const DiagnosticInfo& info) {
  const absl::string_view hundred = absl::string_view(info.id).substr(0, 4);
  return hundred >= "GL15" && hundred <= "GL19";
}

const std::vector<absl::string_view>& RetiredDiagnostics() {
  static const auto* const kRetired = new std::vector<absl::string_view>{};
  return *kRetired;
}

}  // namespace genlc
