package org.tongmai.standards.terminology;

/**
 * Where a table comes from; its row in {@code sources.csv}.
 *
 * @param title what the table is called, Chinese first where it is Chinese
 * @param standard for example {@code GB/T 2261.1-2003}, or empty
 * @param clause part, clause or table of the standard, or empty
 * @param source where the rows were taken from
 * @param certainty how well they are known
 * @param retrieved year and month
 */
public record Origin(
        String title, String standard, String clause, String source, Certainty certainty, String retrieved) {}
