// Cuts, rotates and scales the squares around all faces of one image in one pass.
//
// NVRTC compiles this file on the machine that runs it. Without CUDA the arithmetic compiles as C++, so that a
// computer without a GPU can test it. Networks take bytes: their normalisation is part of their weights.

#ifdef __CUDACC__
#define MIEN_DEVICE __device__ __forceinline__
#else
#define MIEN_DEVICE inline
#endif

// One square. `map` is the 2x3 affine map, row by row, from the square to a part of the image. That part has
// width x height blocks of step x step pixels, from pixel (left, top) on. With a step of 1 blocks are pixels.
struct MienSquare {
    float map[6];
    int left, top, width, height, step;
};

// The mean of one block of RGB pixels; black outside the part.
MIEN_DEVICE void mien_tap(const unsigned char* image, int pitch, const MienSquare& square, int x, int y, float weight,
                          float rgb[3]) {
    if (x < 0 || y < 0 || x >= square.width || y >= square.height) return;
    const int step = square.step;
    const unsigned char* row =
        image + static_cast<long long>(square.top + y * step) * pitch + 3 * (square.left + x * step);
    int sum[3] = {0, 0, 0};
    for (int j = 0; j < step; ++j, row += pitch)
        for (int i = 0; i < 3 * step; i += 3)
            for (int c = 0; c < 3; ++c) sum[c] += row[i + c];
    for (int c = 0; c < 3; ++c) rgb[c] += weight / (step * step) * sum[c];
}

// Pixel (u, v) of a square: bilinear, as cv2.warpAffine with WARP_INVERSE_MAP.
MIEN_DEVICE void mien_pixel(const unsigned char* image, int pitch, const MienSquare& square, int u, int v,
                            unsigned char* out) {
    const float* map = square.map;
    const float x = map[0] * u + map[1] * v + map[2];
    const float y = map[3] * u + map[4] * v + map[5];
    float rgb[3] = {0.5f, 0.5f, 0.5f};  // rounds to the nearest
    // Also false for NaN, and keeps the conversion to int defined.
    if (x > -1 && y > -1 && x < square.width && y < square.height) {
        const int left = static_cast<int>(x + 1) - 1, top = static_cast<int>(y + 1) - 1;
        const float right = x - left, bottom = y - top;
        mien_tap(image, pitch, square, left, top, (1 - right) * (1 - bottom), rgb);
        mien_tap(image, pitch, square, left + 1, top, right * (1 - bottom), rgb);
        mien_tap(image, pitch, square, left, top + 1, (1 - right) * bottom, rgb);
        mien_tap(image, pitch, square, left + 1, top + 1, right * bottom, rgb);
    }
    for (int c = 0; c < 3; ++c) out[c] = static_cast<unsigned char>(rgb[c]);
}

// Largest number of squares per launch. They are passed by value, without a separate copy.
constexpr int MIEN_MOST = 64;
struct MienSquares {
    MienSquare square[MIEN_MOST];
};

#ifdef __CUDACC__
// image: rows of `pitch` bytes, RGB. out: N x size x size x 3. One square per z of the grid.
extern "C" __global__ void mien_cut(const unsigned char* image, int pitch, MienSquares squares, int size,
                                    unsigned char* out) {
    const int u = blockIdx.x * blockDim.x + threadIdx.x, v = blockIdx.y * blockDim.y + threadIdx.y;
    if (u >= size || v >= size) return;
    const long long index = (static_cast<long long>(blockIdx.z) * size + v) * size + u;
    mien_pixel(image, pitch, squares.square[blockIdx.z], u, v, out + 3 * index);
}
#endif
