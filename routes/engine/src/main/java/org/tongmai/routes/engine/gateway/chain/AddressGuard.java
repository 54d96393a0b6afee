package org.tongmai.routes.engine.gateway.chain;

import java.util.List;
import org.tongmai.routes.engine.gateway.GatewayError;
import org.tongmai.routes.engine.gateway.Refused;
import org.tongmai.routes.engine.gateway.rules.AddressRule;
import org.tongmai.standards.exchange.AddressBlock;

/** Lets calls of allowed addresses pass (IP 过滤). */
final class AddressGuard implements Guard {
    private final List<AddressBlock> allow;
    private final List<AddressBlock> deny;

    AddressGuard(AddressRule rule) {
        this.allow = rule.allow().stream().map(AddressBlock::parse).toList();
        this.deny = rule.deny().stream().map(AddressBlock::parse).toList();
    }

    /** Whether a rule lets not all addresses pass. */
    static boolean judges(AddressRule rule) {
        return !rule.allow().isEmpty() || !rule.deny().isEmpty();
    }

    @Override
    public void admit(Passage passage) {
        byte[] address = passage.address();
        boolean allowed = allow.isEmpty() || allow.stream().anyMatch(block -> block.holds(address));
        if (!allowed || deny.stream().anyMatch(block -> block.holds(address))) {
            throw new Refused(GatewayError.ADDRESS_NOT_ALLOWED, "", "");
        }
    }
}
