#include "kernel/generator/kbuild.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "family/codegen/banner.h"
#include "family/codegen/printer.h"
#include "kernel/generator/names.h"

namespace genlc::kernel {
namespace {

constexpr char kFlag[] = "--kernel_out";

// SPDX line and banner with `#` in front.
std::string Head(const Family& family) {
  std::vector<std::string> lines = {absl::StrCat("SPDX-License-Identifier: ", family.license)};
  for (const std::string& line : Banner(family, kFlag)) lines.push_back(line);
  return absl::StrCat("# ", absl::StrJoin(lines, "\n# "));
}

// The kernel option of the module.
std::string Option(const Family& family) { return Upper(family.module.name); }

// Text between double quotes, of Kconfig or the shell.
std::string Quoted(absl::string_view text) {
  return absl::StrCat("\"",
                      absl::StrReplaceAll(text, {{"\\", "\\\\"}, {"\"", "\\\""}, {"\n", " "}}),
                      "\"");
}

std::string Kbuild(const Family& family) {
  Printer p;
  p.Emit({{"head", Head(family)},
          {"option", Option(family)},
          {"module", family.module.name},
          {"family", family.c_name}},
         R"(
    $head$

    obj-$$(CONFIG_$option$) += $module$.o
    $module$-y := $family$_nl.o $family$_handlers.o

    # Kernels differ, and distributions carry features back: their headers know. Linux itself has
    # NLA_UINT and constant ranges since 6.7, resv_start_op since 6.1, sock_priv_size since 6.8.
    genlc-has = $$(shell grep -qs '$$(2)' $$(srctree)/include/$$(1) && echo y)
    ccflags-$$(call genlc-has,net/netlink.h,NLA_UINT) += -DGENLC_HAVE_NLA_UINT
    ccflags-$$(call genlc-has,net/netlink.h,const struct netlink_range_validation .range) += \
    	-DGENLC_HAVE_CONST_RANGE
    ccflags-$$(call genlc-has,net/genetlink.h,resv_start_op) += -DGENLC_HAVE_RESV_START_OP
    ccflags-$$(call genlc-has,net/genetlink.h,sock_priv_size) += -DGENLC_HAVE_SOCK_PRIV
  )");
  return p.Take();
}

std::string Makefile(const Family& family) {
  Printer p;
  p.Emit({{"head", Head(family)}, {"option", Option(family)}}, R"(
    $head$

    KDIR ?= /lib/modules/$$(shell uname -r)/build

    modules modules_install clean:
    	$$(MAKE) -C $$(KDIR) M=$$(CURDIR) CONFIG_$option$=m $$@

    .PHONY: modules modules_install clean
  )");
  return p.Take();
}

std::string Kconfig(const Family& family) {
  const std::string title = family.module.description.empty()
                                ? absl::StrCat("Generic netlink family ", family.name)
                                : family.module.description;
  const std::string doc = family.doc.empty() ? absl::StrCat(title, ".") : family.doc;
  Printer p;
  p.Emit({{"head", Head(family)},
          {"option", Option(family)},
          {"title", Quoted(title)},
          {"help", absl::StrJoin(WrapText(doc, 70), "\n")}},
         R"(
    $head$

    config $option$
    	tristate $title$
    	depends on NET
    	help
    	  $help$
  )");
  return p.Take();
}

std::string Dkms(const Family& family) {
  Printer p;
  p.Emit({{"head", Head(family)},
          {"module", Quoted(family.module.name)},
          {"version", family.version}},
         R"(
    $head$
    PACKAGE_NAME=$module$
    PACKAGE_VERSION="$version$"
    BUILT_MODULE_NAME[0]=$module$
    DEST_MODULE_LOCATION[0]="/extra"
    MAKE[0]="make KDIR=$${kernel_source_dir} modules"
    CLEAN="make KDIR=$${kernel_source_dir} clean"
    AUTOINSTALL="yes"
  )");
  return p.Take();
}

}  // namespace

void AddBuildFiles(const Family& family, OutputFiles& files) {
  files.Add("Kbuild", Kbuild(family));
  files.Add("Makefile", Makefile(family));
  files.Add("Kconfig", Kconfig(family));
  files.Add("dkms.conf", Dkms(family));
}

}  // namespace genlc::kernel
