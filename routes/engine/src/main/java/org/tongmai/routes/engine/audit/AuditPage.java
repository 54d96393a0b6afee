package org.tongmai.routes.engine.audit;

import java.util.List;

/**
 * What a search found.
 *
 * @param entries newest block first, within a block latest record first
 * @param next where to go on; empty when there is no more
 */
public record AuditPage(List<Entry> entries, String next) {
    public AuditPage {
        entries = List.copyOf(entries);
    }

    /**
     * One record, and where it is in the chain.
     *
     * @param node whose chain
     * @param block number of the block, from 1
     * @param index number of the record in the block, from 1
     */
    public record Entry(String node, long block, int index, AuditRecord record) {}
}
