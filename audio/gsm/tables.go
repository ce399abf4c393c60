package gsm

// Tables of clause 5.4. The encoder's side of Table 5.1 (A, MAC) and Tables 5.3a, 5.4 and 5.5 are not needed to decode.

// logAreaOffset, logAreaMinimum are B and MIC of Table 5.1, inverseA is INVA of Table 5.2.
var (
	logAreaOffset  = [order]int32{0, 0, 2048, -2560, 94, -1792, -341, -1144}
	logAreaMinimum = [order]int32{-32, -32, -16, -16, -8, -8, -4, -4}
	inverseA       = [order]int32{13107, 13107, 13107, 13107, 19223, 17476, 31454, 29708}
)

// gainLevels is QLB of Table 5.3b: the gain of the long term predictor.
var gainLevels = [4]int32{3277, 11469, 21299, 32767}

// mantissas is FAC of Table 5.6: the normalised mantissa of a block's maximum.
var mantissas = [8]int32{18431, 20479, 22527, 24575, 26623, 28671, 30719, 32767}
