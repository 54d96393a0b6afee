package org.tongmai.standards.document;

/**
 * One kind of section 章节.
 *
 * @param key kebab-case
 * @param code LOINC code; empty for a section that is recognised by its title
 * @param codeSystem OID of the code system of {@code code}; empty with it
 * @param display {@code displayName} of the section's code
 * @param title Chinese title
 */
public record DocumentSection(String key, String code, String codeSystem, String display, String title) {}
