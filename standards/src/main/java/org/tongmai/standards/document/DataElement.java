package org.tongmai.standards.document;

/**
 * One national data element 数据元 as shared documents use it.
 *
 * @param code for example {@code DE04.01.119.00}
 * @param name its Chinese name
 * @param type HL7 V3 data type of its value: {@code ST CD PQ INT TS BL MO}
 * @param codeSystem OID of the code table of a {@code CD}; empty where none was seen
 * @param codeSystemName name of that table
 * @param unit unit of a {@code PQ}; empty where the data carry it
 */
public record DataElement(
        String code, String name, String type, String codeSystem, String codeSystemName, String unit) {}
