# Two commands: `make demo` does the main job on the samples, `make test` runs what the project's checks run.
# TARGET keeps compiled code outside the clone; a fresh clone then compiles only what changed.

TARGET ?= $(if $(CARGO_TARGET_DIR),$(CARGO_TARGET_DIR),$(HOME)/.cache/jinxiu-target)
OUT ?= demo

.PHONY: demo test toolchain

demo: toolchain
	. .ci/toolchain && CARGO_TARGET_DIR=$(TARGET) cargo build --release --locked
	rm -rf $(OUT) && mkdir -p $(OUT)
	$(TARGET)/release/jinxiu build data/samples --store $(OUT)/graph
	$(TARGET)/release/jinxiu ask projects-by-status --store $(OUT)/graph --format table
	$(TARGET)/release/jinxiu export --store $(OUT)/graph -o $(OUT)/graph.ttl
	@echo "The graph is in $(OUT)/graph and $(OUT)/graph.ttl; ask it with: $(TARGET)/release/jinxiu query --store $(OUT)/graph 'SELECT …'"

test:
	.ci/run

toolchain:
	@sh -c '. .ci/toolchain && check_toolchain'
