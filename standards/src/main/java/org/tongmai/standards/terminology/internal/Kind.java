package org.tongmai.standards.terminology.internal;

/** What a table is, and the folder it lies in. */
enum Kind {
    CODE_SYSTEM("code-system", "code-systems"),
    DATA_ELEMENT("data-element", "data-elements"),
    OID("oid", "oids"),
    VALUE_SET("value-set", "value-sets"),
    CONCEPT_MAP("concept-map", "concept-maps"),
    LOCAL_DICTIONARY("local-dictionary", "local-dictionaries"),
    /** Tables of shared documents, which {@code standards.document} reads; listed so that their origin is known. */
    DOCUMENT("document", "documents");

    private final String word;
    private final String folder;

    Kind(String word, String folder) {
        this.word = word;
        this.folder = folder;
    }

    static Kind of(String word) {
        for (Kind kind : values()) {
            if (kind.word.equals(word)) {
                return kind;
            }
        }
        return null;
    }

    String word() {
        return word;
    }

    String folder() {
        return folder;
    }

    /** Whether its rows are codes. */
    boolean codes() {
        return this == CODE_SYSTEM || this == DATA_ELEMENT || this == OID;
    }
}
